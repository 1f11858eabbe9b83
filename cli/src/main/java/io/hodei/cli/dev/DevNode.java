package io.hodei.cli.dev;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** One Payara Micro with {@code hodei.war}. */
public final class DevNode implements Part {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Pattern BOOTED = Pattern.compile("Payara Micro .* ready in ");

  private final int number;
  private final int port;
  private final int clusterPort = FreePorts.any();
  private final NodePlan plan;
  private final ChildProcess process;

  DevNode(int number, int port, NodePlan plan) {
    this.number = number;
    this.port = port;
    this.plan = plan;
    this.process = new ChildProcess(log());
  }

  @Override
  public String name() {
    return "node " + number;
  }

  public int number() {
    return number;
  }

  /** What clients and agents reach: {@code http://127.0.0.1:8080}. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void start() {
    launch();
    awaitReady(PATIENCE);
  }

  /** Starts it and returns at once; {@link #awaitReady} waits for the rest. */
  public void launch() {
    Path root = plan.runtime().cloneTo(directory());
    process.start(
        plan.command(root, port, plan.startCacheOption()),
        plan.environment(port, clusterPort),
        root);
  }

  /**
   * Returns when the node takes requests; refuses with the reason from its log when it ended or the
   * time is up.
   */
  public void awaitReady(Duration limit) {
    boolean decided = Waiting.until(limit, () -> !process.alive() || ready() || refused());
    if (ready()) {
      return;
    }
    if (!process.alive()) {
      throw failure("ended while starting");
    }
    throw failure(
        decided
            ? "could not deploy hodei.war"
            : "is not ready after %d s".formatted(limit.toSeconds()));
  }

  private DevException failure(String what) {
    return new DevException(
        "%s %s: %s. Log: %s".formatted(name(), what, reason().replaceFirst("\\.$", ""), log()));
  }

  /** Payara goes on without the application when that fails to start: it will never be ready. */
  private boolean refused() {
    return process.wrote(BOOTED) && !HealthProbe.live(url()) && !ready();
  }

  /** Whether it answers that it takes requests, now. */
  public boolean ready() {
    return HealthProbe.ready(url());
  }

  /** Why it ended or is not ready, from its log. */
  public String reason() {
    return process.reason();
  }

  @Override
  public void stop() {
    process.stop();
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void suspend() {
    Programs.signal("STOP", pid());
  }

  @Override
  public void resume() {
    Programs.signal("CONT", pid());
  }

  @Override
  public boolean alive() {
    return process.alive();
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public Path log() {
    return plan.directory().resolve("node-" + number + ".log");
  }

  private Path directory() {
    return plan.directory().resolve("node-" + number);
  }
}
