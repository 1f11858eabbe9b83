package io.hodei.bench.suite;

import io.hodei.bench.load.Jobs;
import io.hodei.bench.load.Load;
import io.hodei.bench.load.Request;
import io.hodei.bench.report.Values;

/** Many jobs per request, in both forms. */
final class SubmitBatch implements Suite {
  private static final int[] SIZES = {1_000, 10_000};

  @Override
  public String name() {
    return "batch";
  }

  @Override
  public String what() {
    return "POST /jobs:batch as JSON array and as NDJSON";
  }

  @Override
  public void run(Run run) {
    for (int size : SIZES) {
      rounds(run, "array", Batches.JSON, size);
      rounds(run, "ndjson", Batches.NDJSON, size);
    }
  }

  private static void rounds(Run run, String form, String type, int size) {
    run.rounds(
        "api.submitBatch." + form + size,
        "POST /jobs:batch with %,d jobs as %s in a closed loop, 2 clients, %d s a round, into a pool without agents."
            .formatted(size, type, run.plan().time().toSeconds()),
        name -> {
          String job = Jobs.noop(name, Run.PARKED);
          byte[] body = form.equals("array") ? Jobs.array(job, size) : Jobs.lines(job, size);
          return measure(run, Batches.request(type, body), size, name);
        });
  }

  private static Values measure(Run run, Request batch, int size, String name) {
    Load<Integer> load =
        run.clients(2)
            .during(
                run.plan().time(),
                () -> batch,
                answer -> Batches.requireCreated(answer, size).status());
    run.requireStored(name, (long) load.latencies().count() * size);
    return new Values()
        .put("jobsPerSecond", load.perSecond() * size, "jobs/s")
        .putPercentiles("requestLatency", load.latencies());
  }
}
