package io.hodei.cli.dev;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, nodes and agents on this machine, each of which can be started, stopped, killed and
 * suspended alone.
 *
 * <pre>{@code
 * try (DevCluster cluster = DevCluster.open(DevSettings.in(directory).withNodes(2), artifacts, Progress.silent())) {
 *   cluster.start();
 *   cluster.node(1).kill();
 *   cluster.node(1).start();
 * }
 * }</pre>
 *
 * Not safe for use by several threads, except {@link #close()}. The data stays; {@link
 * DevSettings#withFresh} or deleting the directory removes it.
 */
public final class DevCluster implements AutoCloseable {
  private static final int USUAL_PORT = 8080;
  private static final Duration TOKENS_WITHIN = Duration.ofSeconds(10);
  private static final Duration NODES_WITHIN = Duration.ofMinutes(3);

  private final DevSettings settings;
  private final DevArtifacts artifacts;
  private final Progress progress;
  private final DevLock lock;
  private final PostgresServer postgres;
  private final NodePlan nodePlan;
  private final PortClaims ports = new PortClaims(Home.cache().resolve("ports"));
  private final List<DevNode> nodes = new CopyOnWriteArrayList<>();
  private final List<DevAgent> agents = new CopyOnWriteArrayList<>();
  private @Nullable StartCache training;
  private boolean closed;

  private DevCluster(
      DevSettings settings, DevArtifacts artifacts, Progress progress, DevLock lock) {
    this.settings = settings;
    this.artifacts = artifacts;
    this.progress = progress;
    this.lock = lock;
    Secrets secrets = new Secrets(settings.directory().resolve("secrets"));
    this.postgres =
        new PostgresServer(
            settings.directory(), secrets, settings.postgresSettings(), Home.cache());
    MicroRuntime runtime = new MicroRuntime(artifacts.payaraMicro(), artifacts.war(), Home.cache());
    this.nodePlan = new NodePlan(settings, artifacts, runtime, nodeEnvironment());
  }

  /**
   * Takes the directory for this process, ends what an earlier launcher left running, and deletes
   * old data when asked to. Starts nothing yet. Refuses with {@link DevException} when another
   * launcher holds the directory.
   */
  public static DevCluster open(DevSettings settings, DevArtifacts artifacts, Progress progress) {
    Path directory = Trees.createPrivate(settings.directory());
    DevLock lock = DevLock.take(directory).orElseThrow(() -> new DevException(occupied(directory)));
    int survivors = Survivors.end(directory);
    if (survivors > 0) {
      progress.note(
          "Ended %d processes that an earlier launcher left running.".formatted(survivors));
    }
    if (settings.fresh()) {
      DevData.delete(directory);
    }
    DevData.startNewLogs(directory);
    return new DevCluster(settings, artifacts, progress, lock);
  }

  /**
   * All of it: PostgreSQL, the first node, the other nodes side by side, the agents. Stops what it
   * started when a part fails.
   */
  public void start() {
    try {
      startPostgres();
      startNodes();
      startAgents(settings.agents());
    } catch (DevException e) {
      close();
      throw e;
    }
  }

  /** Only the database, for tests that need no node. */
  public void startPostgres() {
    phase(postgres.name(), "port " + postgres.port(), postgres::start);
  }

  /**
   * As many nodes as the settings say; the first one alone, because it migrates the schema and
   * writes the tokens.
   */
  public void startNodes() {
    artifacts.requireNodes();
    DevNode first = newNode();
    phase(first.name(), first.url().toString(), first::start);
    awaitTokens();
    List<DevNode> others = new ArrayList<>();
    for (int i = 1; i < settings.nodes(); i++) {
      others.add(newNode());
    }
    others.forEach(DevNode::launch);
    for (DevNode node : others) {
      phase(node.name(), node.url().toString(), () -> node.awaitReady(NODES_WITHIN));
    }
    saveContext();
  }

  /** One node more; started and ready when this returns. */
  public DevNode addNode() {
    DevNode node = newNode();
    phase(node.name(), node.url().toString(), node::start);
    saveContext();
    return node;
  }

  /** Agents more, started; connected a moment later. */
  public List<DevAgent> startAgents(int count) {
    if (count == 0) {
      return List.of();
    }
    artifacts.requireAgent();
    List<DevAgent> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DevAgent agent = newAgent();
      added.add(agent);
    }
    String phase = count == 1 ? added.getFirst().name() : "agents";
    phase(
        phase,
        (count == 1 ? "" : count + " with ")
            + settings.agentSlots()
            + " slots"
            + (count == 1 ? "" : " each"),
        () -> added.forEach(DevAgent::start));
    return added;
  }

  public PostgresServer postgres() {
    return postgres;
  }

  /** By number, the first is 1. */
  public DevNode node(int number) {
    return nodes.get(number - 1);
  }

  public List<DevNode> nodes() {
    return List.copyOf(nodes);
  }

  /** By number, the first is 1. */
  public DevAgent agent(int number) {
    return agents.get(number - 1);
  }

  public List<DevAgent> agents() {
    return List.copyOf(agents);
  }

  /** PostgreSQL, then nodes, then agents. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    parts.add(postgres);
    parts.addAll(nodes);
    parts.addAll(agents);
    return parts;
  }

  /** The URLs of all nodes, the first node first. */
  public List<URI> urls() {
    return nodes.stream().map(DevNode::url).toList();
  }

  public Path directory() {
    return settings.directory();
  }

  /** The file with the first administrator's token. */
  public Path tokenFile() {
    return settings.directory().resolve("admin.token");
  }

  /** The file with the token that agents show. */
  public Path agentTokenFile() {
    return settings.directory().resolve("agent.token");
  }

  /** The first administrator's token; refuses as long as no node wrote it. */
  public String token() {
    try {
      return Files.readString(tokenFile()).strip();
    } catch (IOException e) {
      throw new DevException(
          "There is no administrator token in %s: has a node started?".formatted(tokenFile()), e);
    }
  }

  /**
   * Begins to make the start cache of this JDK and these options, when it is missing; costs a
   * low-priority node for a minute or two.
   */
  public void trainStart() {
    StartCache cache = new StartCache(nodePlan, postgres);
    if (training == null && cache.missing()) {
      training = cache;
      cache.train();
    }
  }

  /** Whether {@link #close()} was not called yet. */
  public synchronized boolean isOpen() {
    return !closed;
  }

  /**
   * Stops agents, nodes and PostgreSQL in this order and frees the directory. A second call does
   * nothing.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (training != null) {
      training.close();
    }
    stopSideBySide(agents);
    stopSideBySide(nodes);
    postgres.stop();
    DevData.deleteContext(settings.directory());
    ports.close();
    lock.close();
  }

  /** What another process would find running in this directory; empty when nothing does. */
  public static Optional<String> running(Path directory) {
    List<ProcessHandle> found = Survivors.of(directory.toAbsolutePath().normalize());
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of("%d processes use %s".formatted(found.size(), directory));
  }

  /**
   * Stops the cluster of a directory from outside: asks its launcher when there is one, then ends
   * what is left. Returns how many processes were there.
   */
  public static int down(Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    if (!Files.isDirectory(absolute)) {
      return 0;
    }
    int there = Survivors.of(absolute).size();
    Optional<DevLock> free = DevLock.take(absolute);
    if (free.isEmpty()) {
      DevLock.launcher(absolute).ifPresent(DevCluster::endLauncher);
      free = DevLock.take(absolute);
    }
    Survivors.end(absolute);
    DevData.deleteContext(absolute);
    free.ifPresent(DevLock::close);
    return there;
  }

  private static void endLauncher(ProcessHandle launcher) {
    launcher.destroy();
    Waiting.endsWithin(launcher, Duration.ofSeconds(60));
  }

  private DevNode newNode() {
    int number = nodes.size() + 1;
    DevNode node = new DevNode(number, port(number), nodePlan);
    nodes.add(node);
    return node;
  }

  private DevAgent newAgent() {
    DevAgent agent =
        new DevAgent(
            agents.size() + 1, new AgentPlan(settings, artifacts.agentJar(), agentEnvironment()));
    agents.add(agent);
    return agent;
  }

  private int port(int number) {
    int wanted = (settings.port() == 0 ? USUAL_PORT : settings.port()) + number - 1;
    if (settings.port() != 0 && !FreePorts.isFree(wanted)) {
      throw new DevException(
          "Port %d of node %d is in use. Choose another one: --port N".formatted(wanted, number));
    }
    return FreePorts.isFree(wanted) && ports.take(wanted) ? wanted : FreePorts.any();
  }

  private void awaitTokens() {
    boolean written =
        Waiting.until(
            TOKENS_WITHIN, () -> Files.exists(tokenFile()) && Files.exists(agentTokenFile()));
    if (!written) {
      progress.note(
          "Node 1 is ready but wrote no token to %s within %d s; commands and agents need one. Log: %s"
              .formatted(settings.directory(), TOKENS_WITHIN.toSeconds(), node(1).log()));
    }
  }

  private Map<String, String> nodeEnvironment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("HODEI_DB_URL", postgres.jdbcUrl());
    // The roles have the names that the settings have by default: they are not said here.
    environment.put("HODEI_DB_PASSWORD", postgres.password(PostgresRoles.APP));
    environment.put("HODEI_DB_ENGINE_PASSWORD", postgres.password(PostgresRoles.ENGINE));
    environment.put("HODEI_DB_OWNER_USER", PostgresRoles.OWNER);
    environment.put("HODEI_DB_OWNER_PASSWORD", postgres.password(PostgresRoles.OWNER));
    environment.put("HODEI_BOOTSTRAP_TOKEN_FILE", tokenFile().toString());
    environment.put("HODEI_BOOTSTRAP_AGENT_TOKEN_FILE", agentTokenFile().toString());
    return environment;
  }

  private Map<String, String> agentEnvironment() {
    Map<String, String> environment = new HashMap<>();
    environment.put(
        "HODEI_AGENT_SERVERS", String.join(",", urls().stream().map(URI::toString).toList()));
    environment.put("HODEI_AGENT_TOKEN_FILE", agentTokenFile().toString());
    environment.put("HODEI_AGENT_SLOTS", String.valueOf(settings.agentSlots()));
    environment.put("HODEI_AGENT_POOLS", "default");
    // Ctrl-C is meant for everything; a job of a development cluster does not hold it up for long.
    environment.put("HODEI_AGENT_DRAIN", "PT5S");
    return environment;
  }

  private void phase(String name, String detail, Runnable work) {
    long began = System.nanoTime();
    progress.began(name);
    work.run();
    progress.ended(name, Duration.ofNanos(System.nanoTime() - began), detail);
  }

  private void saveContext() {
    DevData.saveContext(settings.directory(), urls(), tokenFile());
  }

  private static void stopSideBySide(List<? extends Part> parts) {
    List<Thread> threads =
        parts.stream().map(part -> Thread.ofPlatform().start(part::stop)).toList();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String occupied(Path directory) {
    String launcher =
        DevLock.launcher(directory).map(handle -> " (process " + handle.pid() + ")").orElse("");
    return "A cluster runs already in %s%s.%s Stop it with Ctrl-C there or with: hodei down"
        .formatted(directory, launcher, DevData.describeContext(directory));
  }
}
