package io.hodei.bench.suite;

import io.hodei.bench.cluster.Meter;
import io.hodei.bench.cluster.Topology;
import io.hodei.bench.load.Jobs;
import io.hodei.bench.report.Group;
import io.hodei.bench.report.Values;
import io.hodei.bench.yardstick.Yardsticks;
import java.util.ArrayList;
import java.util.List;

/** From bulk submission through agent processes to the durable result with its history. */
final class EndToEnd implements Suite {
  private static final int BATCH = 1_000;
  private static final String POOL = "default";
  private static final String RATE = "jobsPerSecond";

  @Override
  public String name() {
    return "engine";
  }

  @Override
  public String what() {
    return "noop jobs from bulk submission to their durable result, beside db-scheduler, JobRunr, Quartz and bare PostgreSQL";
  }

  @Override
  public List<Topology> topologies() {
    return List.of(Topology.DATABASE, Topology.SINGLE, Topology.PAIR);
  }

  @Override
  public void run(Run run) {
    switch (run.topology()) {
      case DATABASE -> yardsticks(run);
      case SINGLE -> rounds(run, "engine.endToEnd");
      default -> rounds(run, "engine.endToEndPair");
    }
  }

  private static void yardsticks(Run run) {
    Plan plan = run.plan();
    new Yardsticks(run.installation(), plan.jobs(), plan.rounds(), plan.quick(), run::say)
        .measure(run.publication()::add);
  }

  private static void rounds(Run run, String path) {
    warmUp(run, path);
    List<Values> rounds = run.measured(path, name -> measure(run, name, run.plan().jobs()));
    String what =
        "%,d noop jobs by NDJSON in batches of %,d, one connection to each node, %s; from the first byte sent until the database shows all of them ended with their attempt."
            .formatted(run.plan().jobs(), BATCH, run.topology().text());
    run.publication()
        .add(new Group(path, what, rounds, ratios(run, new Group(path, what, rounds))));
  }

  private static void warmUp(Run run, String path) {
    int jobs = Math.min(run.plan().jobs(), 10_000);
    List<Double> rates = new ArrayList<>();
    long began = System.nanoTime();
    do {
      run.say("%s: warming up, round %d".formatted(path, rates.size() + 1));
      Values values = measure(run, "bench-%s-warm-%d".formatted(path, rates.size()), jobs);
      rates.add(values.number(RATE));
    } while (!run.plan().quick()
        && !(Settling.isSettled(rates)
            && System.nanoTime() - began > Yardsticks.WARM_UP_TIME.toNanos()));
    run.say("%s: settled at %,.0f jobs/s".formatted(path, rates.getLast()));
  }

  private static Values ratios(Run run, Group own) {
    Values ratios = new Values();
    for (String peer : Yardsticks.NAMES) {
      run.publication()
          .group(Yardsticks.PATH + peer)
          .ifPresent(
              group ->
                  ratios.put(
                      "vs" + Character.toUpperCase(peer.charAt(0)) + peer.substring(1),
                      own.median(RATE) / group.median(RATE),
                      "×"));
    }
    return ratios;
  }

  private static Values measure(Run run, String name, int jobs) {
    Meter meter = Meter.start(run.installation());
    submit(run, name, jobs);
    double submitted = meter.seconds();
    run.requireAllSucceeded(name, jobs);
    double ended = meter.seconds();
    Values values =
        new Values()
            .put(RATE, jobs / ended, "jobs/s")
            .put("submittedAfterSeconds", submitted, "s")
            .put("endedAfterSeconds", ended, "s");
    return meter.perJob(values, jobs);
  }

  private static void submit(Run run, String name, int jobs) {
    List<Integer> sizes = new ArrayList<>();
    for (int left = jobs; left > 0; left -= BATCH) {
      sizes.add(Math.min(left, BATCH));
    }
    run.clients(run.topology().nodes())
        .each(
            sizes,
            size -> Batches.request(Batches.NDJSON, Jobs.lines(Jobs.noop(name, POOL), size)),
            (answer, size) -> Batches.requireCreated(answer, size).status());
  }
}
