package io.hodei.bench.suite;

import io.hodei.bench.BenchException;
import io.hodei.bench.cluster.Database;
import io.hodei.bench.cluster.HoldingAgent;
import io.hodei.bench.cluster.Installation;
import io.hodei.bench.cluster.LiveHeap;
import io.hodei.bench.load.HttpConnection;
import io.hodei.bench.load.Jobs;
import io.hodei.bench.report.Values;
import io.hodei.cli.output.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** What queued and running jobs take in the heap of a node. */
final class Memory implements Suite {
  private static final int QUEUED = 100_000;
  private static final int RUNNING = 10_000;
  private static final int SOME = 10_000;
  private static final String HELD = "bench-held";
  private static final double MEBI = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String what() {
    return "heap of a node after a collection: empty, and with queued and running jobs";
  }

  @Override
  public void run(Run run) {
    int running = run.plan().most(RUNNING, 10);
    int queued = run.plan().most(QUEUED, 100);
    List<HoldingAgent> agents = agents(run, running);
    try {
      run.rounds(
          "memory.node",
          "Live heap of the node by a class histogram (which collects first): idle; with %,d queued jobs of a pool that has an agent (some); with %,d queued ones, and %,d running ones on %d agents that hold them without a process (all)."
              .formatted(Math.min(SOME, queued), queued, running, agents.size()),
          name -> measure(run, name, running, queued));
    } finally {
      agents.forEach(HoldingAgent::close);
    }
  }

  private static List<HoldingAgent> agents(Run run, int running) {
    Installation installation = run.installation();
    URI node = installation.cluster().node(1).url();
    String token = installation.agentToken();
    return IntStream.rangeClosed(1, Math.ceilDiv(running, Installation.SLOTS))
        .mapToObj(i -> new HoldingAgent(node, token, HELD + "-" + i, HELD, Installation.SLOTS))
        .toList();
  }

  private static Values measure(Run run, String name, int running, int queued) {
    long pid = run.installation().cluster().node(1).pid();
    Database database = run.installation().database();
    try (HttpConnection connection = run.installation().connect(1)) {
      double idle = LiveHeap.bytes(pid) / MEBI;
      connection.post("/api/v1/pools/default:pause", "{}").expect(200);
      String job = Jobs.noop(name + "-queued", "default");
      int some = Math.min(SOME, queued);
      submit(connection, job, some);
      double withSome = LiveHeap.bytes(pid) / MEBI;
      for (int left = queued - some; left > 0; left -= SOME) {
        submit(connection, job, Math.min(SOME, left));
      }
      submit(connection, Jobs.noop(name, HELD), running);
      await(database, name, "RUNNING", running);
      double withAll = LiveHeap.bytes(pid) / MEBI;
      cancel(connection, name);
      connection.post("/api/v1/pools/default:resume", "{}").expect(200);
      await(database, name, "CANCELLED", running);
      await(database, name + "-queued", "CANCELLED", queued);
      return new Values()
          .put("heapIdleMebibytes", idle, "MiB")
          .put("heapWithSomeQueuedMebibytes", withSome, "MiB")
          .put("heapWithAllMebibytes", withAll, "MiB");
    }
  }

  /** One request takes a part of them only. */
  private static void cancel(HttpConnection connection, String name) {
    long requested;
    do {
      String said =
          connection.post("/api/v1/jobs:cancel?name=" + name + "*", "{}").expect(200).text();
      requested = Json.parse(said).number("requested", 0);
    } while (requested > 0);
  }

  private static void submit(HttpConnection connection, String job, int count) {
    Batches.submit(connection, Batches.NDJSON, Jobs.lines(job, count), count);
  }

  private static void await(Database database, String name, String state, int count) {
    String sql =
        "select count(*) from jobs where name = '%s' and state = '%s'".formatted(name, state);
    if (!Installation.await(PATIENCE, () -> database.count(sql) == count)) {
      throw new BenchException(
          "%d of %d jobs named %s became %s in time."
              .formatted(database.count(sql), count, name, state));
    }
  }
}
