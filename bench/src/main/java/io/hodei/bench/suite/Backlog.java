package io.hodei.bench.suite;

import io.hodei.bench.BenchException;
import io.hodei.bench.cluster.Filling;
import io.hodei.bench.cluster.Installation;
import io.hodei.bench.cluster.Meter;
import io.hodei.bench.load.HttpConnection;
import io.hodei.bench.report.Group;
import io.hodei.bench.report.Values;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a job costs more when many others wait, or many have ended. */
final class Backlog implements Suite {
  private static final String POOL = "default";
  private static final String NAME = "bench-backlog";
  private static final String COST = "cpuMicrosPerJob";

  /** Each look costs the database something. */
  private static final Duration STEP = Duration.ofMillis(100);

  /** How many times as many jobs may end as are waited for, before one looks. */
  private static final long OVERSHOOT = 4;

  /** A node that still compiles makes the first size look dear. */
  private static final int WARM_UP = 6;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public String name() {
    return "backlog";
  }

  @Override
  public String what() {
    return "cost of a job with many queued ones, and with many finished ones stored";
  }

  @Override
  public void run(Run run) {
    Filling filling = new Filling(run.installation(), run::say);
    int measured = run.plan().most(run.plan().jobs(), 500);
    int smallest = run.plan().backlogs().getFirst();
    int greatest = run.plan().backlogs().getLast();
    switchPool(run, "pause");
    empty(run, filling);
    try {
      for (int i = 0; i < WARM_UP; i++) {
        filling.addQueued(NAME, POOL, measured);
        drain(run, measured);
      }
      Group first = null;
      for (int size : run.plan().backlogs()) {
        Group group = queued(run, filling, size, measured, first);
        first = first == null ? group : first;
      }
      empty(run, filling);
      filling.addFinished(NAME, POOL, greatest);
      finished(run, filling, smallest, greatest, measured, first);
    } finally {
      empty(run, filling);
      switchPool(run, "resume");
    }
  }

  private static Group queued(
      Run run, Filling filling, int size, int measured, @Nullable Group first) {
    List<Values> rounds =
        run.measured("backlog.queued" + size, name -> round(run, filling, size, measured));
    return publish(
        run,
        "backlog.queued" + size,
        "The first %,d of %,d and as many more queued noop jobs, taken by one agent after its pool is resumed."
            .formatted(measured, size),
        rounds,
        first);
  }

  private static void finished(
      Run run, Filling filling, int size, int stored, int measured, @Nullable Group first) {
    String path = "backlog.finished" + stored;
    List<Values> rounds = run.measured(path, name -> round(run, filling, size, measured));
    publish(
        run,
        path,
        "The same with %,d queued and %,d finished jobs with their attempts stored."
            .formatted(size, stored),
        rounds,
        first);
  }

  private static Group publish(
      Run run, String path, String what, List<Values> rounds, @Nullable Group first) {
    Group group = new Group(path, what, rounds);
    if (first != null) {
      Values growth =
          new Values().put("growth", group.median(COST) / first.median(COST), "× the smallest");
      group = new Group(path, what, rounds, growth);
    }
    run.publication().add(group);
    return group;
  }

  /** Fills the queue up, so that the backlog is still that big when the last job was taken. */
  private static Values round(Run run, Filling filling, int size, int measured) {
    long missing =
        size
            + (long) measured
            - run.installation()
                .database()
                .count("select count(*) from jobs where state = 'QUEUED'");
    if (missing > 0) {
      filling.addQueued(NAME, POOL, Math.toIntExact(missing));
    }
    return drain(run, measured);
  }

  private static Values drain(Run run, int jobs) {
    // By a range of ids: no index finds the ended ones among millions, and each look counts as
    // cost.
    long oldest =
        run.installation().database().count("select min(id) from jobs where state = 'QUEUED'");
    String ended =
        "select count(*) from jobs where id >= %d and id < %d and state = 'SUCCEEDED'"
            .formatted(oldest, oldest + OVERSHOOT * jobs);
    Meter meter = Meter.start(run.installation());
    var before = run.installation().cpu();
    switchPool(run, "resume");
    if (!Installation.await(
        PATIENCE, STEP, () -> run.installation().database().count(ended) >= jobs)) {
      throw new BenchException(
          "%d of %d queued jobs ended in time."
              .formatted(run.installation().database().count(ended), jobs));
    }
    double seconds = meter.seconds();
    int done = Math.toIntExact(run.installation().database().count(ended));
    var spent = run.installation().cpu().since(before);
    Values values =
        new Values()
            .put("jobsPerSecond", done / seconds, "jobs/s")
            .put(COST, (spent.postgres() + spent.node()) / 1e3 / done, "µs");
    meter.perJob(values, done);
    switchPool(run, "pause");
    awaitQuiet(run);
    return values;
  }

  private static void empty(Run run, Filling filling) {
    awaitQuiet(run);
    filling.removeAll();
  }

  private static void awaitQuiet(Run run) {
    String held = "select count(*) from jobs where session_id is not null";
    if (!Installation.await(PATIENCE, STEP, () -> run.installation().database().count(held) == 0)) {
      throw new BenchException("Jobs are held although their pool is paused.");
    }
  }

  /** With a connection of its own: the node closes one that is idle while the queue is filled. */
  private static void switchPool(Run run, String verb) {
    try (HttpConnection connection = run.installation().connect(1)) {
      connection.post("/api/v1/pools/%s:%s".formatted(POOL, verb), "{}").expect(200);
    }
  }
}
