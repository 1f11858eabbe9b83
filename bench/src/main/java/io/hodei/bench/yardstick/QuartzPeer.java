package io.hodei.bench.yardstick;

import com.zaxxer.hikari.HikariDataSource;
import io.hodei.bench.BenchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Quartz with its clustered JDBC store. */
final class QuartzPeer implements Peer {
  private static final int BATCH = 100;
  private static final int THREADS = 20;
  private static final LongAdder EXECUTED = new LongAdder();
  private static final String SOURCE = "bench";
  private static final String TABLES = "/org/quartz/impl/jdbcjobstore/tables_postgres.sql";

  @Override
  public String name() {
    return "quartz";
  }

  @Override
  public String what() {
    return "Quartz 2.5 in one process: clustered JDBC store, scheduleJobs in batches of %1$d, acquisition in batches of %1$d, %2$d threads, ended jobs are deleted"
        .formatted(BATCH, THREADS);
  }

  @Override
  public Running start(HikariDataSource database) {
    Sql.run(database, tables());
    DBConnectionManager.getInstance().addConnectionProvider(SOURCE, new Connections(database));
    try {
      Scheduler scheduler = new StdSchedulerFactory(properties()).getScheduler();
      scheduler.start();
      return new Started(database, scheduler, new Progress(EXECUTED));
    } catch (SchedulerException e) {
      throw new BenchException("Quartz did not start: " + e.getMessage(), e);
    }
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.put("org.quartz.scheduler.instanceName", "bench");
    properties.put("org.quartz.scheduler.instanceId", "AUTO");
    properties.put("org.quartz.scheduler.skipUpdateCheck", "true");
    properties.put("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", String.valueOf(BATCH));
    properties.put("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    properties.put("org.quartz.threadPool.threadCount", String.valueOf(THREADS));
    properties.put("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    properties.put(
        "org.quartz.jobStore.driverDelegateClass",
        "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    properties.put("org.quartz.jobStore.isClustered", "true");
    properties.put("org.quartz.jobStore.acquireTriggersWithinLock", "true");
    properties.put("org.quartz.jobStore.dataSource", SOURCE);
    return properties;
  }

  private static String tables() {
    try (InputStream file = QuartzPeer.class.getResourceAsStream(TABLES)) {
      if (file == null) {
        throw new BenchException("Quartz has no tables for PostgreSQL at " + TABLES);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BenchException("The tables of Quartz cannot be read", e);
    }
  }

  /** Public, because Quartz makes it. */
  public static final class Noop implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      EXECUTED.increment();
    }
  }

  private record Connections(HikariDataSource database) implements ConnectionProvider {
    @Override
    public Connection getConnection() throws SQLException {
      return database.getConnection();
    }

    @Override
    public void initialize() {
      // The pool is there.
    }

    @Override
    public void shutdown() {
      // Whoever opened the pool closes it.
    }
  }

  private record Started(HikariDataSource database, Scheduler scheduler, Progress progress)
      implements Running {
    @Override
    public void submit(int jobs) {
      progress.expect(jobs);
      try {
        for (int from = 0; from < jobs; from += BATCH) {
          scheduler.scheduleJobs(some(from, Math.min(from + BATCH, jobs)), false);
        }
      } catch (SchedulerException e) {
        throw new BenchException("Quartz refused jobs: " + e.getMessage(), e);
      }
    }

    private static Map<JobDetail, Set<? extends Trigger>> some(int from, int to) {
      Map<JobDetail, Set<? extends Trigger>> some = new HashMap<>();
      for (int i = from; i < to; i++) {
        JobDetail job = JobBuilder.newJob(Noop.class).withIdentity("noop-" + i).build();
        some.put(job, Set.of(TriggerBuilder.newTrigger().forJob(job).startNow().build()));
      }
      return some;
    }

    @Override
    public boolean isDone() {
      return progress.isReached()
          && Sql.count(database, "select count(*) from qrtz_job_details") == 0;
    }

    @Override
    public void clear() {
      // It has deleted what has ended.
    }

    @Override
    public void close() {
      try {
        scheduler.shutdown(true);
      } catch (SchedulerException e) {
        throw new BenchException("Quartz did not stop: " + e.getMessage(), e);
      }
    }
  }
}
