package io.hodei.bench.suite;

import io.hodei.bench.load.Answer;
import io.hodei.bench.load.HttpConnection;
import io.hodei.bench.load.Jobs;
import io.hodei.bench.load.Latencies;
import io.hodei.bench.load.Load;
import io.hodei.bench.load.OpenLoop;
import io.hodei.bench.load.Request;
import io.hodei.bench.report.Values;
import io.hodei.bench.yardstick.NotifyLoop;
import io.hodei.cli.output.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How soon a job starts when an agent is idle. */
final class StartLatency implements Suite {
  private static final int SLOW = 50;
  private static final int FAST = 500;
  private static final int MOST_IDS = 500;
  private static final int BUSY = 503;

  /** A job that was acknowledged, and when its request was meant to leave. */
  private record Sent(String id, Instant intended) {}

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String what() {
    return "from submission to start at 50/s and 500/s with an idle agent, beside a bare LISTEN/NOTIFY loop";
  }

  @Override
  public void run(Run run) {
    Request warming = Jobs.post(Jobs.noop("bench-warm-up", "default"));
    run.warmUp("submitted jobs", () -> warming);
    run.installation().awaitEnd("bench-warm-up", Duration.ofMinutes(5));
    bare(run, SLOW);
    rounds(run, "noop", SLOW, name -> Jobs.noop(name, "default"));
    rounds(run, "process", SLOW, name -> Jobs.process(name, "/bin/true"));
    bare(run, FAST);
    rounds(run, "noop" + FAST, FAST, name -> Jobs.noop(name, "default"));
  }

  /** What such a way costs at least when PostgreSQL keeps what goes it. */
  static void bare(Run run, int perSecond) {
    int count = (int) (perSecond * run.plan().time().toSeconds());
    run.rounds(
        "yardstick.listenNotify" + perSecond,
        "Bare loop on the same server at %d/s in an open loop: insert and NOTIFY in one transaction, a listener claims with SKIP LOCKED; from the intended moment until the claim has committed."
            .formatted(perSecond),
        name ->
            new Values()
                .putPercentiles(
                    "fromIntended", NotifyLoop.measure(run.installation(), perSecond, count)));
  }

  private interface JobOf {
    String name(String name);
  }

  private static void rounds(Run run, String kind, int perSecond, JobOf job) {
    run.rounds(
        "engine.submitToStart." + kind,
        ("Single POST of %s jobs at %d/s in an open loop, %d s a round. fromCreated: the database's createdAt to its startedAt (for a job whose"
                + " start and end were reported together: finishedAt). fromIntended: from the moment the request was meant to leave, on the clock"
                + " of the same machine. answered: from that moment until the 201 was read.")
            .formatted(kind, perSecond, run.plan().time().toSeconds()),
        name -> measure(run, name, perSecond, job.name(name)));
  }

  private static Values measure(Run run, String name, int perSecond, String job) {
    int count = (int) (perSecond * run.plan().time().toSeconds());
    Request post = Jobs.post(job);
    Load<Sent> load =
        new OpenLoop(perSecond, run.installation()::endpoint)
            .send(count, () -> post, StartLatency::sent);
    run.requireAllSucceeded(name, load.answers().size());
    Map<String, Instant> intended = new HashMap<>();
    load.answers().forEach(sent -> intended.put(sent.id(), sent.intended()));
    return values(read(run, List.copyOf(intended.keySet())), intended)
        .putPercentiles("answered", load.latencies())
        .put("refused", count - load.answers().size(), "requests");
  }

  /** Null when the server refused because it had too much to do: such a job was never promised. */
  private static @Nullable Sent sent(Answer answer, Instant intended) {
    if (answer.status() == BUSY) {
      return null;
    }
    return new Sent(Json.parse(answer.expect(201).text()).string("id"), intended);
  }

  private static List<Json> read(Run run, List<String> ids) {
    List<Json> jobs = new ArrayList<>();
    try (HttpConnection connection = run.installation().connect()) {
      for (int from = 0; from < ids.size(); from += MOST_IDS) {
        String some =
            ids.subList(from, Math.min(from + MOST_IDS, ids.size())).stream()
                .collect(Collectors.joining("\",\"", "{\"ids\":[\"", "\"]}"));
        String said = connection.post("/api/v1/jobs:batchGet", some).expect(200).text();
        jobs.addAll(Json.parse(said).at("items").elements());
      }
    }
    return jobs;
  }

  private static Values values(List<Json> jobs, Map<String, Instant> intended) {
    List<Long> fromCreated = new ArrayList<>();
    List<Long> fromIntended = new ArrayList<>();
    int together = 0;
    for (Json job : jobs) {
      boolean started = !job.at("startedAt").isNothing();
      Instant start = Instant.parse(job.string(started ? "startedAt" : "finishedAt"));
      together += started ? 0 : 1;
      fromCreated.add(nanos(Instant.parse(job.string("createdAt")), start));
      fromIntended.add(nanos(intended.getOrDefault(job.string("id"), start), start));
    }
    return new Values()
        .putPercentiles("fromCreated", Latencies.of(fromCreated))
        .putPercentiles("fromIntended", Latencies.of(fromIntended))
        .put("startedAndEndedTogether", together, "jobs");
  }

  private static long nanos(Instant from, Instant to) {
    return Duration.between(from, to).toNanos();
  }
}
