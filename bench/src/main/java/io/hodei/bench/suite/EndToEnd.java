package io.hodei.bench.suite;

import io.hodei.bench.cluster.Cpu;
import io.hodei.bench.load.HttpConnection;
import io.hodei.bench.load.Jobs;
import io.hodei.bench.report.Values;

/** From bulk submission through an agent process to the durable result with its history. */
final class EndToEnd implements Suite {
  private static final int BATCH = 1_000;
  private static final String POOL = "default";

  @Override
  public String name() {
    return "engine";
  }

  @Override
  public String what() {
    return "noop jobs from bulk submission to their durable result";
  }

  @Override
  public void run(Run run) {
    run.rounds(
        "engine.endToEnd",
        "%,d noop jobs by NDJSON in batches of %,d on one connection, 1 node, 1 agent; from the first byte sent until the database shows all of them ended with their attempt."
            .formatted(run.plan().jobs(), BATCH),
        name -> measure(run, name));
  }

  private static Values measure(Run run, String name) {
    int jobs = run.plan().jobs();
    Cpu before = run.installation().cpu();
    double wal = run.installation().database().walBytes();
    long began = System.nanoTime();
    submit(run, name, jobs);
    double submitted = seconds(began);
    run.requireAllSucceeded(name, jobs);
    double ended = seconds(began);
    wal = run.installation().database().walBytes() - wal;
    Cpu spent = run.installation().cpu().since(before);
    return new Values()
        .put("jobsPerSecond", jobs / ended, "jobs/s")
        .put("submittedAfterSeconds", submitted, "s")
        .put("endedAfterSeconds", ended, "s")
        .put("cpuPostgresMicrosPerJob", spent.postgres() / 1e3 / jobs, "µs")
        .put("cpuNodeMicrosPerJob", spent.node() / 1e3 / jobs, "µs")
        .put("cpuAgentMicrosPerJob", spent.agent() / 1e3 / jobs, "µs")
        .put("walBytesPerJob", wal / jobs, "B");
  }

  private static void submit(Run run, String name, int jobs) {
    try (HttpConnection connection = run.installation().connect()) {
      for (int left = jobs; left > 0; left -= BATCH) {
        byte[] lines = Jobs.lines(Jobs.noop(name, POOL), Math.min(left, BATCH));
        Batches.submit(connection, Batches.NDJSON, lines, Math.min(left, BATCH));
      }
    }
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
