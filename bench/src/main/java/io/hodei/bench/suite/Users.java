package io.hodei.bench.suite;

import io.hodei.bench.BenchException;
import io.hodei.bench.load.HttpConnection;
import io.hodei.bench.load.Jobs;
import io.hodei.bench.load.Latencies;
import io.hodei.bench.load.Stages;
import io.hodei.bench.report.Group;
import io.hodei.bench.report.Values;
import io.hodei.cli.output.Json;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Virtual users that submit a job, read it and wait a second; the same as in bench/scripts. */
final class Users implements Suite {
  private static final Duration THINKS = Duration.ofSeconds(1);
  private static final Duration STEP = Duration.ofMillis(50);
  private static final double CREATE_MILLIS = 500;
  private static final double GET_MILLIS = 200;

  @Override
  public String name() {
    return "users";
  }

  @Override
  public String what() {
    return "up to 200 virtual users; p95 of a create under 500 ms, of a get under 200 ms (--scale 1: 15 minutes)";
  }

  @Override
  public void run(Run run) {
    Stages stages = Stages.usual(run.plan().scale());
    run.say("api.users: %d s".formatted(stages.length().toSeconds()));
    Crowd crowd = new Crowd(run, stages);
    crowd.play();
    Latencies create = Latencies.of(crowd.created);
    Latencies get = Latencies.of(crowd.read);
    Values values =
        new Values()
            .putPercentiles("create", create)
            .putPercentiles("get", get)
            .put("failed", (double) crowd.failed.sum(), "requests")
            .put("sent", (double) (create.count() + get.count() + crowd.failed.sum()), "requests");
    run.publication()
        .add(
            new Group(
                "api.users",
                "Virtual users that submit a noop job, read it and wait for a second: up to 100 and to 200 and down in %d s (scale %s of 15 minutes)."
                    .formatted(stages.length().toSeconds(), run.plan().scale()),
                List.of(values)));
    if (!run.plan().quick()) {
      require("create", create, CREATE_MILLIS);
      require("get", get, GET_MILLIS);
    }
    if (crowd.failed.sum() > 0) {
      throw new BenchException(
          "%d requests of users failed, the last one so: %s"
              .formatted(crowd.failed.sum(), crowd.lastFailure));
    }
  }

  private static void require(String what, Latencies latencies, double millis) {
    if (!(latencies.millis(0.95) < millis)) {
      throw new BenchException(
          "p95 of %s is %.0f ms, more than %.0f ms."
              .formatted(what, latencies.millis(0.95), millis));
    }
  }

  /**
   * Each user has a thread, unlike the clients of the other loads: a visit is two requests, one
   * after the other, with a pause behind them, and 200 users send 400 requests a second at most.
   */
  private static final class Crowd {
    private final Run run;
    private final Stages stages;
    private final long began = System.nanoTime();
    private final AtomicInteger present = new AtomicInteger();
    private final Collection<Long> created = new ConcurrentLinkedQueue<>();
    private final Collection<Long> read = new ConcurrentLinkedQueue<>();
    private final LongAdder failed = new LongAdder();
    private volatile String lastFailure = "";

    Crowd(Run run, Stages stages) {
      this.run = run;
      this.stages = stages;
    }

    void play() {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        while (now().compareTo(stages.length()) < 0) {
          while (present.get() < stages.usersAt(now())) {
            int number = present.getAndIncrement();
            threads.execute(() -> live(number));
          }
          LockSupport.parkNanos(STEP.toNanos());
        }
      }
    }

    private Duration now() {
      return Duration.ofNanos(System.nanoTime() - began);
    }

    private void live(int number) {
      try (HttpConnection connection = run.installation().connect()) {
        while (number < stages.usersAt(now())) {
          visit(connection);
          LockSupport.parkNanos(THINKS.toNanos());
        }
      } finally {
        present.getAndDecrement();
      }
    }

    private void visit(HttpConnection connection) {
      try {
        long sent = System.nanoTime();
        String said =
            connection.post("/api/v1/jobs", Jobs.noop("bench-users", "default")).expect(201).text();
        long answered = System.nanoTime();
        created.add(answered - sent);
        connection.get("/api/v1/jobs/" + Json.parse(said).string("id")).expect(200);
        read.add(System.nanoTime() - answered);
      } catch (BenchException refused) {
        failed.increment();
        lastFailure = String.valueOf(refused.getMessage());
      }
    }
  }
}
