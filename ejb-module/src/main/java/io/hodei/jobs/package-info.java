/**
 * Jobs: specs, states, transitions, history. Owns {@code jobs}, {@code job_specs}, {@code
 * job_labels}, {@code attempts}. PostgreSQL decides: each transition is one set-based statement
 * that checks state and epoch and writes its events to the outbox in the same transaction.
 *
 * <p>States: docs/states/job.md (generated from {@link io.hodei.jobs.entity.JobState}).
 */
@NullMarked
package io.hodei.jobs;

import org.jspecify.annotations.NullMarked;
