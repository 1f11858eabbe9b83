package io.hodei.bench.yardstick;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hodei.bench.BenchException;
import io.hodei.bench.cluster.Database;
import io.hodei.bench.cluster.Installation;
import io.hodei.bench.cluster.Meter;
import io.hodei.bench.report.Group;
import io.hodei.bench.report.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Measures one peer after the other, each with a database of its own on our server. */
public final class Yardsticks {
  /** Where they stand in the report. */
  public static final String PATH = "yardstick.";

  private static final List<Peer> PEERS =
      List.of(new BarePostgres(), new DbScheduler(), new JobRunrPeer(), new QuartzPeer());

  /** As in the report: {@code dbScheduler}. */
  public static final List<String> NAMES = PEERS.stream().map(Peer::name).toList();

  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final int CONNECTIONS = 30;
  private static final int WARM_UP = 5_000;

  /** As long as Hodei is warmed up at least. */
  public static final Duration WARM_UP_TIME = Duration.ofSeconds(60);

  private static final int QUICK = 200;

  private final Installation installation;
  private final int jobs;
  private final int rounds;
  private final boolean quick;
  private final Consumer<String> progress;

  /**
   * @param jobs of a round
   * @param quick a few jobs only, to see that it works
   */
  public Yardsticks(
      Installation installation, int jobs, int rounds, boolean quick, Consumer<String> progress) {
    this.installation = installation;
    this.jobs = quick ? Math.min(jobs, QUICK) : jobs;
    this.rounds = rounds;
    this.quick = quick;
    this.progress = progress;
  }

  /** Gives one group for each peer. */
  public void measure(Consumer<Group> groups) {
    for (Peer peer : PEERS) {
      groups.accept(measure(peer));
    }
  }

  private Group measure(Peer peer) {
    String path = PATH + peer.name();
    String database = "bench_" + peer.name().toLowerCase(Locale.ROOT);
    installation.database().execute("create database " + database);
    try (HikariDataSource pool = pool(installation.database().access(database));
        Peer.Running running = peer.start(pool)) {
      progress.accept(path + ": warming up");
      long began = System.nanoTime();
      do {
        round(running, quick ? jobs : Math.min(jobs, WARM_UP));
      } while (!quick && System.nanoTime() - began < WARM_UP_TIME.toNanos());
      List<Values> measured = new ArrayList<>();
      for (int i = 1; i <= rounds; i++) {
        progress.accept("%s: round %d/%d".formatted(path, i, rounds));
        measured.add(round(running, jobs));
      }
      return new Group(
          path,
          "%,d noop jobs end to end; %s; Hodei is not running meanwhile."
              .formatted(jobs, peer.what()),
          measured);
    } finally {
      installation.database().execute("drop database %s with (force)".formatted(database));
    }
  }

  private Values round(Peer.Running running, int count) {
    Meter meter = Meter.start(installation);
    running.submit(count);
    double submitted = meter.seconds();
    if (!Installation.await(PATIENCE, running::isDone)) {
      throw new BenchException("A peer has not executed %,d jobs in time.".formatted(count));
    }
    double ended = meter.seconds();
    Values values =
        new Values()
            .put("jobsPerSecond", count / ended, "jobs/s")
            .put("submitReturnedAfterSeconds", submitted, "s")
            .put("endedAfterSeconds", ended, "s");
    meter.perJob(values, count);
    running.clear();
    return values;
  }

  /** A pool of connections to one database. */
  static HikariDataSource pool(Database.Access access) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(access.url());
    config.setUsername(access.user());
    config.setPassword(access.password());
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }
}
