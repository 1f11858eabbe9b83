/**
 * Executions of pipelines. Owns {@code runs}, {@code run_steps}, {@code run_numbers}, {@code
 * run_approvals}, {@code run_signals}, {@code pipeline_edges}. The transaction that ends a job ends
 * its step and counts down what depends on it; what became ready is begun by whichever node comes
 * first, under the lock of the run (docs/adr/0015).
 *
 * <p>States: docs/states/run.md. Locks: jobs before runs, run_numbers before runs that are queued.
 */
@NullMarked
package io.hodei.runs;

import org.jspecify.annotations.NullMarked;
