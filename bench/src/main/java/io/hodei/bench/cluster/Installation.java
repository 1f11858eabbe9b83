package io.hodei.bench.cluster;

import io.hodei.bench.BenchException;
import io.hodei.bench.load.Endpoint;
import io.hodei.bench.load.HttpConnection;
import io.hodei.bench.load.Request;
import io.hodei.bench.report.Machine;
import io.hodei.cli.dev.DevAgent;
import io.hodei.cli.dev.DevArtifacts;
import io.hodei.cli.dev.DevCluster;
import io.hodei.cli.dev.DevNode;
import io.hodei.cli.dev.DevSettings;
import io.hodei.cli.dev.Progress;
import io.hodei.cli.output.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** PostgreSQL, and the nodes and agents of a topology. */
public final class Installation implements AutoCloseable {
  public static final int SLOTS = 500;

  /** The profile that is active in every measured installation. */
  public static final String PROFILE = "high-throughput";

  private static final Duration AGENTS_WITHIN = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(10);

  private final Topology topology;
  private final DevCluster cluster;
  private final Thread onExit;
  private final Database database;
  private final Map<String, String> durability;
  private final AtomicInteger nextNode = new AtomicInteger();

  private Installation(Topology topology, DevCluster cluster, Thread onExit) {
    this.topology = topology;
    this.cluster = cluster;
    this.onExit = onExit;
    this.database = new Database(cluster.postgres());
    this.durability = Durability.require(database, Machine.fileSystem(cluster.directory()));
  }

  /** Starts all of it on the data that lies in the directory, and waits for the agents. */
  public static Installation start(Topology topology, Path directory, Progress progress) {
    DevSettings settings =
        DevSettings.in(directory)
            .withNodes(Math.max(1, topology.nodes()))
            .withAgents(topology.agents())
            .withAgentSlots(SLOTS)
            .withNodeSetting("HODEI_HTTP_ALLOW", "127.0.0.1")
            .withPostgresSetting("shared_preload_libraries", "pg_stat_statements");
    DevCluster cluster = DevCluster.open(settings, DevArtifacts.ofThisRepository(), progress);
    // Ctrl-C must leave no process behind.
    Thread onExit = new Thread(cluster::close, "end-of-the-cluster");
    Runtime.getRuntime().addShutdownHook(onExit);
    try {
      if (topology.nodes() == 0) {
        cluster.startPostgres();
      } else {
        cluster.start();
      }
      Installation installation = new Installation(topology, cluster, onExit);
      installation.awaitAgents();
      if (topology.nodes() > 0) {
        installation.activate(PROFILE);
      }
      return installation;
    } catch (RuntimeException e) {
      Runtime.getRuntime().removeShutdownHook(onExit);
      cluster.close();
      throw e;
    }
  }

  /** Changes the profile, as an administrator does. */
  public void activate(String profile) {
    byte[] body = "{\"name\":\"%s\"}".formatted(profile).getBytes(StandardCharsets.UTF_8);
    Request put = Request.of("PUT", "/api/v1/profiles/active", "application/json", body);
    try (HttpConnection connection = connect()) {
      connection.send(put).expect(200);
    }
  }

  /** Where a client with the administrator's token turns to: each node in turn. */
  public Endpoint endpoint() {
    return endpoint(nextNode.getAndIncrement() % topology.nodes() + 1);
  }

  /**
   * One node, with the administrator's token.
   *
   * @param node from 1
   */
  public Endpoint endpoint(int node) {
    return new Endpoint(cluster.node(node).url(), cluster.token());
  }

  /** A new connection to each node in turn. */
  public HttpConnection connect() {
    return new HttpConnection(endpoint());
  }

  /**
   * A new connection to one node.
   *
   * @param node from 1
   */
  public HttpConnection connect(int node) {
    return new HttpConnection(endpoint(node));
  }

  public Topology topology() {
    return topology;
  }

  public Database database() {
    return database;
  }

  public DevCluster cluster() {
    return cluster;
  }

  public Path directory() {
    return cluster.directory();
  }

  /** What agents show to be let in. */
  public String agentToken() {
    try {
      return Files.readString(cluster.agentTokenFile()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was found of the settings that make commits durable. */
  public Map<String, String> durability() {
    return durability;
  }

  public Cpu cpu() {
    return Cpu.read(
        cluster.postgres().pid(),
        cluster.nodes().stream().map(DevNode::pid).toList(),
        cluster.agents().stream().map(DevAgent::pid).toList());
  }

  /** What the compilers of the nodes' JVMs have spent, in nanoseconds; 0 where it is not Linux. */
  public long compilerNanos() {
    return Cpu.ofCompilers(cluster.nodes().stream().map(DevNode::pid).toList());
  }

  /** Waits until every job of this name has ended; refuses when one has not in time. */
  public void awaitEnd(String name, Duration limit) {
    if (!await(limit, () -> !database.hasOpen(name))) {
      throw new BenchException(
          "Jobs named %s did not end within %d s: %s"
              .formatted(name, limit.toSeconds(), database.counts(name)));
    }
  }

  /** Asks every few milliseconds; whether it became true in time. */
  public static boolean await(Duration limit, BooleanSupplier condition) {
    return await(limit, STEP, condition);
  }

  /** Asks in that interval, for conditions that cost something; whether it became true in time. */
  public static boolean await(Duration limit, Duration step, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(step.toNanos());
    }
    return true;
  }

  @Override
  public void close() {
    database.close();
    Runtime.getRuntime().removeShutdownHook(onExit);
    cluster.close();
  }

  /** Waits until every agent of the topology is connected. */
  public void awaitAgents() {
    if (topology.agents() == 0) {
      return;
    }
    try (HttpConnection connection = connect(1)) {
      if (!await(AGENTS_WITHIN, () -> online(connection) == topology.agents())) {
        throw new BenchException(
            "%d of %d agents came online within %d s. Log: %s"
                .formatted(
                    online(connection),
                    topology.agents(),
                    AGENTS_WITHIN.toSeconds(),
                    cluster.agent(1).log()));
      }
    }
  }

  private static long online(HttpConnection connection) {
    String said = connection.get("/api/v1/agents").expect(200).text();
    List<Json> agents = Json.parse(said).at("items").elements();
    return agents.stream().filter(agent -> agent.string("state").equals("ONLINE")).count();
  }
}
