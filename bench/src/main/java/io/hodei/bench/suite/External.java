package io.hodei.bench.suite;

import io.hodei.bench.BenchException;
import io.hodei.bench.cluster.Installation;
import io.hodei.bench.load.CalledService;
import io.hodei.bench.load.HttpConnection;
import io.hodei.bench.load.Jobs;
import io.hodei.bench.report.Values;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Jobs that the servers execute themselves, against a service on this host. */
final class External implements Suite {
  private static final String POOL = "bench-external";
  private static final int CYCLE = 100;
  private static final Duration SLOW = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public String name() {
    return "external";
  }

  @Override
  public String what() {
    return "executor http: fetch, poll cycle, status cycle, rates of two profiles";
  }

  @Override
  public void run(Run run) {
    try {
      run.installation().activate("default");
      fetch(run);
      cycles(run);
      for (String profile : new String[] {"default", "high-throughput"}) {
        run.installation().activate(profile);
        rates(run, profile);
      }
    } finally {
      run.installation().activate(Installation.PROFILE);
    }
  }

  private static void fetch(Run run) {
    run.rounds(
        "external.fetch",
        "The statement that takes 100 ready jobs with spec, tenant and pipeline, beside a stopped"
            + " node.",
        name -> {
          park(run, Jobs.call(name, POOL, "http://127.0.0.1:9/", ""), CYCLE);
          Values values = FetchStatement.measure(run.installation(), POOL, CYCLE);
          post(run, "/api/v1/jobs:cancel?name=" + name);
          post(run, "/api/v1/pools/" + POOL + ":resume");
          run.installation().awaitEnd(name, PATIENCE);
          return values;
        });
  }

  private static void cycles(Run run) {
    try (CalledService service = new CalledService(SLOW)) {
      run.rounds(
          "external.pollCycle",
          "100 ready jobs whose call takes 100 ms, from the first call to the last answer; profile"
              + " default: 10 at a time.",
          name -> {
            park(run, Jobs.call(name, POOL, service.url("/now"), ""), CYCLE);
            service.starts().reset();
            post(run, "/api/v1/pools/" + POOL + ":resume");
            run.requireAllSucceeded(name, CYCLE);
            return cycle(service.starts());
          });
      run.rounds(
          "external.statusCycle",
          "100 running executions that are due together, each look takes 100 ms; profile default:"
              + " 50 at a time.",
          name -> {
            service.done(false);
            start(run, name, service, CYCLE, "1h");
            service.looks().reset();
            service.done(true);
            run.installation()
                .database()
                .execute(
                    "update external_executions set next_look_at = clock_timestamp() where phase ="
                        + " 'RUNNING'");
            run.requireAllSucceeded(name, CYCLE);
            return cycle(service.looks());
          });
    }
  }

  private static Values cycle(CalledService.Calls calls) {
    return new Values()
        .put("time", calls.seconds() * 1_000, "ms")
        .put("mostInFlight", calls.most(), "calls");
  }

  private static void rates(Run run, String profile) {
    int jobs = run.plan().quick() ? 100 : profile.equals("default") ? 2_000 : 10_000;
    int running = run.plan().quick() ? 100 : profile.equals("default") ? 1_000 : 4_000;
    try (CalledService service = new CalledService(Duration.ZERO)) {
      run.rounds(
          "external.dispatches." + profile,
          "%,d ready jobs whose call is answered at once, from the first call to the last answer; profile %s."
              .formatted(jobs, profile),
          name -> {
            park(run, Jobs.call(name, POOL, service.url("/now"), ""), jobs);
            service.starts().reset();
            post(run, "/api/v1/pools/" + POOL + ":resume");
            run.requireAllSucceeded(name, jobs);
            return new Values()
                .put("dispatchesPerSecond", jobs / service.starts().seconds(), "dispatches/s")
                .put("mostInFlight", service.starts().most(), "calls");
          });
      run.rounds(
          "external.statusChecks." + profile,
          "%,d running executions, each to be looked at every second, for %d s; profile %s."
              .formatted(running, run.plan().time().toSeconds(), profile),
          name -> {
            service.done(false);
            start(run, name, service, running, "1s");
            service.looks().reset();
            LockSupport.parkNanos(run.plan().time().toNanos());
            double checks = service.looks().count() / service.looks().seconds();
            service.done(true);
            run.requireAllSucceeded(name, running);
            return new Values()
                .put("checksPerSecond", checks, "checks/s")
                .put("mostInFlight", service.looks().most(), "calls");
          });
    }
  }

  /** Puts jobs into the paused pool. */
  private static void park(Run run, String job, int count) {
    try (HttpConnection connection = run.installation().connect()) {
      run.installation()
          .database()
          .execute(
              "insert into pools (tenant_id, name) select min(id), '%s' from tenants on conflict do nothing"
                  .formatted(POOL));
      post(run, "/api/v1/pools/" + POOL + ":pause");
      Batches.submit(connection, Batches.NDJSON, Jobs.lines(job, count), count);
    }
  }

  /** Begins executions, and waits until all run. */
  private static void start(
      Run run, String name, CalledService service, int count, String interval) {
    String poll =
        ",\"poll\":{\"url\":\"%s\",\"interval\":\"%s\",\"done\":\"body.done\"}"
            .formatted(service.url("/state"), interval);
    park(run, Jobs.call(name, POOL, service.url("/later"), poll), count);
    post(run, "/api/v1/pools/" + POOL + ":resume");
    boolean all =
        Installation.await(
            PATIENCE,
            Duration.ofMillis(50),
            () ->
                run.installation()
                        .database()
                        .count("select count(*) from external_executions where phase = 'RUNNING'")
                    == count);
    if (!all) {
      throw new BenchException("Not all of %d executions began in time.".formatted(count));
    }
  }

  private static void post(Run run, String path) {
    try (HttpConnection connection = run.installation().connect()) {
      connection.post(path, "{}").expect(200);
    }
  }
}
