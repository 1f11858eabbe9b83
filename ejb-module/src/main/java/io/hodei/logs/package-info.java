/**
 * The output of attempts. Owns {@code log_chunks} and {@code attempt_logs}. PostgreSQL decides: a
 * chunk is stored only while its attempt holds the job, a log is COMPLETE only when chunks, lengths
 * and digests of what is stored agree with what the agent read from the process.
 *
 * <p>States: OPEN while the attempt runs, then COMPLETE, or TRUNCATED when the agent was lost: an
 * exact prefix, and marked. Repeated chunks change nothing; a lost wake-up costs a reader half a
 * second.
 */
@NullMarked
package io.hodei.logs;

import org.jspecify.annotations.NullMarked;
