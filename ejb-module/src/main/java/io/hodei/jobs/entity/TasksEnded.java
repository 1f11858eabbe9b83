package io.hodei.jobs.entity;

import io.hodei.platform.Database;
import java.util.List;

/**
 * Fired in the transaction that ends jobs which are tasks of runs, after the jobs are written.
 *
 * @param database the one of that transaction: the engine's, or that of the tasks' tenant
 */
public record TasksEnded(Database database, List<Task> tasks) {
  /** A job that has ended, and its run. */
  public record Task(long jobId, long runId) {}

  public TasksEnded {
    tasks = List.copyOf(tasks);
  }
}
