package io.hodei.bench.suite;

import io.hodei.bench.BenchException;
import io.hodei.bench.cluster.Database;
import io.hodei.bench.cluster.Installation;
import io.hodei.bench.cluster.LiveHeap;
import io.hodei.bench.load.HttpConnection;
import io.hodei.bench.load.Jobs;
import io.hodei.bench.report.Values;
import io.hodei.cli.output.Json;
import java.time.Duration;

/** What queued and running jobs take in the heap of a node. */
final class Memory implements Suite {
  private static final int QUEUED = 10_000;
  private static final int RUNNING = Installation.SLOTS;
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
    run.rounds(
        "memory.node",
        "Live heap of the node by a class histogram (which collects first): idle, with %,d queued jobs of a pool that has an agent, and %,d running sleeps, as many as the agent has slots."
            .formatted(QUEUED, running),
        name -> measure(run, name, running));
  }

  private static Values measure(Run run, String name, int running) {
    long pid = run.installation().cluster().node(1).pid();
    Database database = run.installation().database();
    try (HttpConnection connection = run.installation().connect(1)) {
      double idle = LiveHeap.bytes(pid) / MEBI;
      submit(connection, Jobs.process(name, "/bin/sleep", "600"), running);
      await(database, name, "RUNNING", running);
      double withRunning = LiveHeap.bytes(pid) / MEBI;
      connection.post("/api/v1/pools/default:pause", "{}").expect(200);
      submit(connection, Jobs.noop(name + "-queued", "default"), QUEUED);
      double withBoth = LiveHeap.bytes(pid) / MEBI;
      cancel(connection, name);
      connection.post("/api/v1/pools/default:resume", "{}").expect(200);
      await(database, name, "CANCELLED", running);
      await(database, name + "-queued", "CANCELLED", QUEUED);
      return new Values()
          .put("heapIdleMebibytes", idle, "MiB")
          .put("heapWithRunningMebibytes", withRunning, "MiB")
          .put("heapWithRunningAndQueuedMebibytes", withBoth, "MiB");
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
