package io.hodei.jobs.control;

import io.hodei.jobs.entity.TasksEnded;
import io.hodei.platform.Database;
import io.hodei.platform.Row;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Tells runs of their tasks that have ended; jobs of no run cost nothing. */
@Dependent
public class EndedTasks {
  private final Event<TasksEnded> ended;

  @Inject
  public EndedTasks(Event<TasksEnded> ended) {
    this.ended = ended;
  }

  /** For the jobs that one statement ends. */
  Batch batch() {
    return new Batch();
  }

  /** Jobs that one statement has ended. */
  final class Batch {
    private final List<TasksEnded.Task> tasks = new ArrayList<>();

    /** Takes a row with id and run_id of a job that has ended. */
    void add(Row row) throws SQLException {
      Long run = row.numberOrNull("run_id");
      if (run != null) {
        tasks.add(new TasksEnded.Task(row.number("id"), run));
      }
    }

    /** Fires, when there are tasks among the jobs. */
    void tell(Database database) {
      if (!tasks.isEmpty()) {
        ended.fire(new TasksEnded(database, tasks));
      }
    }
  }
}
