package io.hodei.bench.suite;

import io.hodei.bench.load.HttpConnection;
import io.hodei.bench.load.Jobs;
import io.hodei.bench.load.Load;
import io.hodei.bench.report.Values;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** {@code GET /jobs/{id}}: again and again, and for the first time. */
final class PointReads implements Suite {
  private static final int[] CLIENTS = {1, 16};
  private static final int HOT = 500;
  private static final int MOST_IN_A_BATCH = 10_000;

  @Override
  public String name() {
    return "reads";
  }

  @Override
  public String what() {
    return "GET /jobs/{id}, cached and not";
  }

  @Override
  public void run(Run run) {
    for (int clients : CLIENTS) {
      run.rounds(
          "api.get.repeated.clients" + clients,
          "GET /jobs/{id} of %d jobs at random in a closed loop, %d clients, %d s a round."
              .formatted(HOT, clients, run.plan().time().toSeconds()),
          name -> repeated(run, clients, name));
    }
    int count = Math.min(run.plan().jobs(), MOST_IN_A_BATCH);
    for (int clients : CLIENTS) {
      run.rounds(
          "api.get.first.clients" + clients,
          "GET /jobs/{id} of %,d jobs that nobody has read before, once each, %d clients."
              .formatted(count, clients),
          name -> first(run, clients, submit(run, name, count)));
    }
  }

  private static Values repeated(Run run, int clients, String name) {
    List<String> ids = submit(run, name, HOT);
    Load<Integer> load =
        run.clients(clients)
            .during(
                run.plan().time(),
                () -> Jobs.get(ids.get(ThreadLocalRandom.current().nextInt(HOT))),
                answer -> answer.expect(200).status());
    return values(load);
  }

  private static Values first(Run run, int clients, List<String> ids) {
    return values(
        run.clients(clients).each(ids, Jobs::get, (answer, id) -> answer.expect(200).status()));
  }

  private static List<String> submit(Run run, String name, int count) {
    try (HttpConnection connection = run.installation().connect()) {
      byte[] body = Jobs.lines(Jobs.noop(name, Run.PARKED), count);
      return Batches.ids(Batches.submit(connection, Batches.NDJSON, body, count));
    }
  }

  private static Values values(Load<?> load) {
    return new Values()
        .put("requestsPerSecond", load.perSecond(), "req/s")
        .putPercentiles("latency", load.latencies());
  }
}
