/**
 * What attempts used over their life: CPU time and memory per step of time. Owns {@code
 * attempt_usage}. The agent measures and sends the whole picture again and again; the newest one
 * counts, and one that is lost costs nothing. PostgreSQL decides whose picture counts: only that of
 * the session which holds the attempt, or held it until it ended.
 *
 * <p>Pictures wait up to a second in a bounded buffer, apart from reports that matter. When a node
 * dies, its agents send the next one elsewhere.
 */
@NullMarked
package io.hodei.usage;

import org.jspecify.annotations.NullMarked;
