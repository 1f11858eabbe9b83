package io.hodei.bench.suite;

import io.hodei.bench.BenchException;
import io.hodei.bench.cluster.Installation;
import io.hodei.bench.cluster.Topology;
import io.hodei.bench.load.ClosedLoop;
import io.hodei.bench.load.HttpConnection;
import io.hodei.bench.load.Jobs;
import io.hodei.bench.load.Latencies;
import io.hodei.bench.load.Load;
import io.hodei.bench.load.Request;
import io.hodei.bench.report.Values;
import io.hodei.cli.output.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The levels of the cache of jobs as clients see them, and how long the other node shows an old
 * copy.
 */
final class CacheLevels implements Suite {
  private static final int CLIENTS = 2;
  private static final int REPEATS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "cache";
  }

  @Override
  public String what() {
    return "GET /jobs/{id} from the database, the grid and the node's own copies; staleness on the other node (inside a node: micro)";
  }

  @Override
  public List<Topology> topologies() {
    return List.of(Topology.PAIR);
  }

  @Override
  public void run(Run run) {
    levels(run);
    run.rounds(
        "cache.staleness",
        "A job is edited on node 1 after node 2 has read it; from the answer to the PATCH until a GET on node 2 shows the edit, asked every 10 ms.",
        name -> staleness(run, name));
  }

  private static void levels(Run run) {
    int count = run.plan().most(10_000, 200);
    run.rounds(
        "cache.levels",
        "%,d settled jobs, %d clients in a closed loop: database = read first on node 1; grid = then first on node 2; local = then again on node 2, %d times."
            .formatted(count, CLIENTS, REPEATS),
        name -> {
          List<String> ids = settled(run, name, count);
          Values values = new Values();
          put(values, "database", each(run, 1, ids));
          put(values, "grid", each(run, 2, ids));
          List<String> again = new ArrayList<>();
          Collections.nCopies(REPEATS, ids).forEach(again::addAll);
          put(values, "local", each(run, 2, again));
          return values;
        });
  }

  private static void put(Values values, String level, Load<Integer> load) {
    values
        .put(level + "ReadsPerSecond", load.perSecond(), "reads/s")
        .put(level + "P50Millis", load.latencies().millis(0.5), "ms")
        .put(level + "P95Millis", load.latencies().millis(0.95), "ms");
  }

  private static Load<Integer> each(Run run, int node, List<String> ids) {
    return new ClosedLoop(CLIENTS, () -> run.installation().endpoint(node))
        .each(ids, Jobs::get, (answer, id) -> answer.expect(200).status());
  }

  private static List<String> settled(Run run, String name, int count) {
    try (HttpConnection connection = run.installation().connect(1)) {
      byte[] body = Jobs.lines(Jobs.noop(name, "default"), count);
      List<String> ids = Batches.ids(Batches.submit(connection, Batches.NDJSON, body, count));
      run.requireAllSucceeded(name, count);
      return ids;
    }
  }

  private static Values staleness(Run run, String name) {
    int edits = run.plan().most(100, 5);
    List<Long> stale = new ArrayList<>();
    try (HttpConnection writer = run.installation().connect(1);
        HttpConnection reader = run.installation().connect(2)) {
      for (int i = 0; i < edits; i++) {
        String said = writer.post("/api/v1/jobs", Jobs.noop(name, Run.PARKED)).expect(201).text();
        stale.add(edit(writer, reader, "/api/v1/jobs/" + Json.parse(said).string("id")));
      }
    }
    return new Values()
        .putPercentiles("stale", Latencies.of(stale))
        .put("staleMaxMillis", Latencies.of(stale).millis(1), "ms");
  }

  private static long edit(HttpConnection writer, HttpConnection reader, String path) {
    Json job = Json.parse(reader.get(path).expect(200).text());
    String wanted = job.string("name") + "-edited";
    byte[] change = "{\"name\":\"%s\"}".formatted(wanted).getBytes(StandardCharsets.UTF_8);
    writer
        .send(
            Request.of(
                "PATCH",
                path,
                "application/json\r\nIf-Match: \"v" + job.string("version") + "\"",
                change))
        .expect(200);
    long edited = System.nanoTime();
    boolean seen =
        Installation.await(
            PATIENCE,
            () -> Json.parse(reader.get(path).expect(200).text()).string("name").equals(wanted));
    if (!seen) {
      throw new BenchException(
          "Node 2 shows an old copy for more than %d s.".formatted(PATIENCE.toSeconds()));
    }
    return System.nanoTime() - edited;
  }
}
