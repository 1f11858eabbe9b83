package io.hodei.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes nodes start in about two thirds of the time on JDK 25, and warm up in half of it: starts a
 * node once more, in the background, at low priority and with a database of its own, lets it serve
 * requests for a while, and keeps what the JVM learned.
 */
final class StartCache {
  static final int FIRST_JDK = 25;
  private static final System.Logger LOG = System.getLogger(StartCache.class.getName());
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration LOAD = Duration.ofMinutes(1);
  private static final String DATABASE = "hodei_training";

  private final NodePlan plan;
  private final PostgresServer postgres;
  private final ChildProcess node;
  private @Nullable Thread training;
  private volatile boolean closed;

  StartCache(NodePlan plan, PostgresServer postgres) {
    this.plan = plan;
    this.postgres = postgres;
    this.node = new ChildProcess(plan.directory().resolve("training.log"));
  }

  boolean missing() {
    return JavaRuntime.feature() >= FIRST_JDK
        && !Files.exists(plan.runtime().startCache(plan.jvmOptions()));
  }

  /** Begins to make it and returns at once. */
  void train() {
    training = Thread.ofVirtual().start(this::tryToTrain);
  }

  /** Gives up what is not finished. */
  void close() {
    Thread running = training;
    if (running != null) {
      closed = true;
      Waiting.until(Duration.ofSeconds(10), () -> !running.isAlive());
    }
  }

  /** Nothing depends on it: without the cache nodes start as they did. */
  private void tryToTrain() {
    try {
      postgres.lend(DATABASE, this::train);
    } catch (DevException | UncheckedIOException e) {
      LOG.log(Level.DEBUG, "There is no start cache", e);
    }
  }

  private void train(String database) {
    int port = FreePorts.any();
    Path root = plan.runtime().cloneTo(directory());
    Map<String, String> environment = plan.environment(port, FreePorts.any());
    environment.put("HODEI_DB_URL", database);
    Path token = root.resolve("admin.token");
    environment.put("HODEI_BOOTSTRAP_TOKEN_FILE", token.toString());
    environment.put("HODEI_BOOTSTRAP_AGENT_TOKEN_FILE", root.resolve("agent.token").toString());
    List<String> command = new ArrayList<>(List.of("nice", "-n", "15"));
    command.addAll(plan.command(root, port, List.of("-XX:AOTCacheOutput=" + made())));
    try {
      node.start(command, environment, root);
      URI url = URI.create("http://127.0.0.1:" + port);
      if (await(() -> HealthProbe.ready(url) || !node.alive()) && node.alive()) {
        TrainingLoad.drive(url, token, LOAD, () -> closed || !node.alive());
        // The JVM writes the cache when it ends.
        Programs.signal("TERM", node.pid());
        if (await(() -> !node.alive())) {
          keep();
        }
      }
    } finally {
      node.kill();
      Trees.delete(directory());
    }
  }

  private boolean await(BooleanSupplier condition) {
    return Waiting.until(LIMIT, () -> closed || condition.getAsBoolean()) && !closed;
  }

  private void keep() {
    try {
      if (Files.exists(made())) {
        Files.move(
            made(),
            plan.runtime().startCache(plan.jvmOptions()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path directory() {
    return plan.directory().resolve("training");
  }

  private Path made() {
    return directory().resolve("node.aot");
  }
}
