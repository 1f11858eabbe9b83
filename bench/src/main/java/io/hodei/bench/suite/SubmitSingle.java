package io.hodei.bench.suite;

import io.hodei.bench.load.Jobs;
import io.hodei.bench.load.Load;
import io.hodei.bench.load.Request;
import io.hodei.bench.report.Values;

/** One job per request, as most programs submit. */
final class SubmitSingle implements Suite {
  private static final int[] CLIENTS = {1, 4, 16};

  @Override
  public String name() {
    return "submit";
  }

  @Override
  public String what() {
    return "single POST /jobs with 1, 4 and 16 clients";
  }

  @Override
  public void run(Run run) {
    Request warming = Jobs.post(Jobs.noop("bench-warm-up", Run.PARKED));
    run.warmUp("submitted jobs", () -> warming);
    for (int clients : CLIENTS) {
      run.rounds(
          "api.submitSingle.clients" + clients,
          "POST /jobs in a closed loop, %d clients, %d s a round, into a pool without agents."
              .formatted(clients, run.plan().time().toSeconds()),
          name -> measure(run, clients, name));
    }
  }

  private static Values measure(Run run, int clients, String name) {
    Request post = Jobs.post(Jobs.noop(name, Run.PARKED));
    Load<Integer> load =
        run.clients(clients)
            .during(run.plan().time(), () -> post, answer -> answer.expect(201).status());
    run.requireStored(name, load.latencies().count());
    return new Values()
        .put("jobsPerSecond", load.perSecond(), "jobs/s")
        .putPercentiles("latency", load.latencies());
  }
}
