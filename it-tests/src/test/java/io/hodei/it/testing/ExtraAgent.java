package io.hodei.it.testing;

import io.hodei.cli.dev.DevArtifacts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** An agent beside those of the cluster: with pools, slots and addresses of its own. */
public final class ExtraAgent implements AutoCloseable {
  private final String name;
  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> jvmOptions = new ArrayList<>();
  private @Nullable Process process;

  /**
   * @param servers with commas between
   */
  public ExtraAgent(String name, Path parent, String servers, Path tokenFile) {
    this.name = name;
    this.directory = parent.resolve(name);
    environment.put("HODEI_AGENT_NAME", name);
    environment.put("HODEI_AGENT_SERVERS", servers);
    environment.put("HODEI_AGENT_TOKEN_FILE", tokenFile.toString());
    environment.put("HODEI_AGENT_DATA", directory.toString());
    environment.put("HODEI_AGENT_POOLS", "default");
    environment.put("HODEI_AGENT_DRAIN", "PT5S");
  }

  /** By its short name: {@code POOLS}, {@code SLOTS}, {@code LABELS}. */
  public ExtraAgent with(String setting, String value) {
    environment.put("HODEI_AGENT_" + setting, value);
    return this;
  }

  /** Under this name, and this name only, it finds this address. */
  public ExtraAgent resolving(String host, String address) {
    Path hosts = directory.resolveSibling(name + ".hosts");
    try {
      Files.createDirectories(hosts.getParent());
      Files.writeString(hosts, address + " " + host + "\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    jvmOptions.add("-Djdk.net.hosts.file=" + hosts);
    return this;
  }

  public String name() {
    return name;
  }

  public ExtraAgent start() {
    try {
      Files.createDirectories(directory);
      List<String> command =
          new ArrayList<>(
              List.of(
                  "setsid", Path.of(System.getProperty("java.home"), "bin", "java").toString()));
      command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-Dhodei.it.agent=" + directory));
      command.addAll(jvmOptions);
      command.addAll(List.of("-jar", DevArtifacts.ofThisRepository().agentJar().toString()));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().removeIf(key -> key.startsWith("HODEI_"));
      builder.environment().putAll(environment);
      process =
          builder
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(
                      directory.resolveSibling(name + ".log").toFile()))
              .start();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return this;
  }

  /** Returns when the cluster sees it. */
  public ExtraAgent awaitOnline(Api api) {
    Awaitility.await(name + " online")
        .atMost(Duration.ofSeconds(60))
        .until(() -> state(api).equals("ONLINE"));
    return this;
  }

  /** As the cluster sees it; empty when it does not know it. */
  public String state(Api api) {
    return api.get("/agents").expect(200).items().stream()
        .filter(agent -> agent.getString("name").equals(name))
        .map(agent -> agent.getString("state"))
        .findFirst()
        .orElse("");
  }

  public long pid() {
    return running().pid();
  }

  /** Every process whose environment names its data directory: jobs included. */
  public List<Long> tree() {
    java.util.TreeSet<Long> all = new java.util.TreeSet<>();
    all.add(pid());
    running().descendants().forEach(child -> all.add(child.pid()));
    all.addAll(Host.withEnvironment(directory.toString()));
    return List.copyOf(all);
  }

  /** Kills the JVM alone. */
  public void killJvm() {
    running().destroyForcibly();
    awaitEnd();
  }

  /**
   * Kills the JVM and everything below it. All of it stands still first, as when the host dies: a
   * shell that outlived its child would still write "Killed" into a log.
   */
  public void killTree() {
    suspend();
    List<Long> all = tree();
    all.forEach(pid -> Host.signal("STOP", pid));
    killJvm();
    all.forEach(pid -> Host.signal("KILL", pid));
  }

  public void suspend() {
    Host.signal("STOP", pid());
  }

  public void resume() {
    Host.signal("CONT", pid());
  }

  @Override
  public void close() {
    Process running = process;
    if (running == null || !running.isAlive()) {
      return;
    }
    resume();
    running.destroy();
    try {
      if (!running.waitFor(20, TimeUnit.SECONDS)) {
        killTree();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd() {
    running().onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private Process running() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException(name + " was not started");
    }
    return running;
  }
}
