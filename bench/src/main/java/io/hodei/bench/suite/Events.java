package io.hodei.bench.suite;

import io.hodei.bench.cluster.Topology;
import io.hodei.bench.load.ClosedLoop;
import io.hodei.bench.load.EventReader;
import io.hodei.bench.load.Jobs;
import io.hodei.bench.load.Load;
import io.hodei.bench.load.OpenLoop;
import io.hodei.bench.load.Request;
import io.hodei.bench.report.Values;
import java.util.List;

/** Durable events on their way to a client of the other node. */
final class Events implements Suite {
  private static final int PER_SECOND = 1_000;
  private static final int PER_REQUEST = 10;
  private static final int BATCH = 1_000;
  private static final int CLIENTS = 2;
  private static final String TOPIC = "job.created";
  private static final int MOST = 2_000_000;

  @Override
  public String name() {
    return "events";
  }

  @Override
  public String what() {
    return "durable events through the outbox to a client of the other node: latency at 1,000/s, and the rate when jobs are submitted in bulk";
  }

  @Override
  public List<Topology> topologies() {
    return List.of(Topology.PAIR);
  }

  @Override
  public void run(Run run) {
    int seconds = (int) run.plan().time().toSeconds();
    Request warming = small("bench-warm-up");
    run.warmUp("batches of " + PER_REQUEST, () -> warming);
    // Takes long enough for the events of the warm-up to be gone.
    StartLatency.bare(run, PER_SECOND);
    run.rounds(
        "events.latency",
        "%,d jobs a second are created on node 1, %d per request, in an open loop; from the time in the event job.created (when its transaction began) until a client of node 2's /events has read it."
            .formatted(PER_SECOND, PER_REQUEST),
        name -> latency(run, name, seconds));
    run.rounds(
        "events.rate",
        "Jobs are created on node 1 in batches of %,d, %d clients in a closed loop, %d s a round; events per second that a client of node 2's /events reads, from the first request until the last event, none missing; and how far it was behind at the end."
            .formatted(BATCH, CLIENTS, seconds),
        name -> rate(run, name));
  }

  private static Values latency(Run run, String name, int seconds) {
    Request batch = small(name);
    int requests = PER_SECOND / PER_REQUEST * seconds;
    try (EventReader reader = reader(run)) {
      new OpenLoop(PER_SECOND / PER_REQUEST, () -> run.installation().endpoint(1))
          .send(
              requests,
              () -> batch,
              (answer, intended) -> Batches.requireCreated(answer, PER_REQUEST).status());
      reader.await(requests * PER_REQUEST);
      return new Values().putPercentiles("toClient", reader.latencies());
    }
  }

  private static Values rate(Run run, String name) {
    Request batch = Batches.request(Batches.NDJSON, Jobs.lines(Jobs.noop(name, Run.PARKED), BATCH));
    try (EventReader reader = reader(run)) {
      long began = System.nanoTime();
      Load<Integer> load =
          new ClosedLoop(CLIENTS, () -> run.installation().endpoint(1))
              .during(
                  run.plan().time(),
                  () -> batch,
                  answer -> Batches.requireCreated(answer, BATCH).status());
      long submitted = System.nanoTime();
      int expected = load.latencies().count() * BATCH;
      reader.await(expected);
      return new Values()
          .put("eventsPerSecond", expected * 1e9 / (reader.lastArrival() - began), "events/s")
          .put("submittedPerSecond", load.perSecond() * BATCH, "jobs/s")
          .put("behindMillis", Math.max(0, reader.lastArrival() - submitted) / 1e6, "ms");
    }
  }

  private static Request small(String name) {
    return Batches.request(Batches.JSON, Jobs.array(Jobs.noop(name, Run.PARKED), PER_REQUEST));
  }

  private static EventReader reader(Run run) {
    return EventReader.follow(
        run.installation().cluster().node(2).url(),
        run.installation().cluster().token(),
        TOPIC,
        MOST);
  }
}
