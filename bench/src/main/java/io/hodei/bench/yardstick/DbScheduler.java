package io.hodei.bench.yardstick;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** db-scheduler with the strategy that its documents name for high rates. */
final class DbScheduler implements Peer {
  private static final int THREADS = 20;

  /** The tables of its documentation. */
  private static final String TABLE =
      """
      create table scheduled_tasks (
        task_name            text        not null,
        task_instance        text        not null,
        task_data            bytea,
        execution_time       timestamptz not null,
        picked               boolean     not null,
        picked_by            text,
        last_success         timestamptz,
        last_failure         timestamptz,
        consecutive_failures int,
        last_heartbeat       timestamptz,
        version              bigint      not null,
        priority             smallint,
        state                text,
        primary key (task_name, task_instance)
      );
      create index execution_time_idx on scheduled_tasks (execution_time);
      create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
      create index priority_execution_time_idx on scheduled_tasks (priority desc, execution_time asc)
      """;

  @Override
  public String name() {
    return "dbScheduler";
  }

  @Override
  public String what() {
    return "db-scheduler 16.12 in one process: scheduleBatch, lock-and-fetch (4.0, 20.0), %d threads, polling every 100 ms, ended jobs are deleted"
        .formatted(THREADS);
  }

  @Override
  public Running start(HikariDataSource database) {
    Sql.run(database, TABLE);
    LongAdder executed = new LongAdder();
    OneTimeTask<Void> task =
        Tasks.oneTime("noop").execute((instance, context) -> executed.increment());
    Scheduler scheduler =
        Scheduler.create(database, task)
            .threads(THREADS)
            .pollUsingLockAndFetch(4.0, 20.0)
            .pollingInterval(Duration.ofMillis(100))
            .build();
    scheduler.start();
    return new Started(database, task, scheduler, new Progress(executed));
  }

  private record Started(
      HikariDataSource database, OneTimeTask<Void> task, Scheduler scheduler, Progress progress)
      implements Running {
    @Override
    public void submit(int jobs) {
      progress.expect(jobs);
      Stream<TaskInstance<?>> instances =
          IntStream.range(0, jobs).mapToObj(i -> task.instance(String.valueOf(i)));
      scheduler.scheduleBatch(instances, Instant.now());
    }

    @Override
    public boolean isDone() {
      return progress.isReached()
          && Sql.count(database, "select count(*) from scheduled_tasks") == 0;
    }

    @Override
    public void clear() {
      Sql.run(database, "truncate scheduled_tasks");
    }

    @Override
    public void close() {
      scheduler.stop();
    }
  }
}
