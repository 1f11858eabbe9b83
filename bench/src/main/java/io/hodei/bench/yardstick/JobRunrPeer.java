package io.hodei.bench.yardstick;

import static org.jobrunr.server.BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration;

import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;

/** JobRunr as its documents show it. */
final class JobRunrPeer implements Peer {
  private static final int WORKERS = 20;
  private static final LongAdder EXECUTED = new LongAdder();

  @Override
  public String name() {
    return "jobRunr";
  }

  @Override
  public String what() {
    return "JobRunr 8.7 in one process: bulk enqueue, %d workers, polling every 5 s (the least it takes)"
        .formatted(WORKERS);
  }

  @Override
  public Running start(HikariDataSource database) {
    var configured =
        JobRunr.configure()
            .useStorageProvider(new PostgresStorageProvider(database))
            .useBackgroundJobServer(
                usingStandardBackgroundJobServerConfiguration()
                    .andPollIntervalInSeconds(5)
                    .andWorkerCount(WORKERS))
            .initialize();
    return new Started(database, configured.getJobRequestScheduler(), new Progress(EXECUTED));
  }

  /** Does nothing; public, because JobRunr makes it. */
  public record Noop() implements JobRequest {
    @Override
    public Class<Handler> getJobRequestHandler() {
      return Handler.class;
    }
  }

  /** Public, because JobRunr makes it. */
  public static final class Handler implements JobRequestHandler<Noop> {
    @Override
    public void run(Noop request) {
      EXECUTED.increment();
    }
  }

  private record Started(
      HikariDataSource database, JobRequestScheduler scheduler, Progress progress)
      implements Running {
    @Override
    public void submit(int jobs) {
      progress.expect(jobs);
      scheduler.enqueue(IntStream.range(0, jobs).mapToObj(i -> new Noop()));
    }

    @Override
    public boolean isDone() {
      return progress.isReached()
          && Sql.count(database, "select count(*) from jobrunr_jobs where state <> 'SUCCEEDED'")
              == 0;
    }

    @Override
    public void clear() {
      Sql.run(database, "truncate jobrunr_jobs");
    }

    @Override
    public void close() {
      JobRunr.destroy();
    }
  }
}
