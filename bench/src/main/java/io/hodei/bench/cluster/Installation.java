package io.hodei.bench.cluster;

import io.hodei.bench.BenchException;
import io.hodei.bench.load.HttpConnection;
import io.hodei.bench.report.Machine;
import io.hodei.cli.dev.DevArtifacts;
import io.hodei.cli.dev.DevCluster;
import io.hodei.cli.dev.DevSettings;
import io.hodei.cli.dev.Home;
import io.hodei.cli.dev.Progress;
import io.hodei.cli.output.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** PostgreSQL, one node and one agent with fresh data, which is gone after a good run. */
public final class Installation implements AutoCloseable {
  public static final int SLOTS = 500;
  private static final Duration AGENT_WITHIN = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(10);

  private final Path directory;
  private final DevCluster cluster;
  private final Database database;
  private final Map<String, String> durability;
  private final Progress progress;
  private boolean kept;

  private Installation(Path directory, DevCluster cluster, Progress progress) {
    this.progress = progress;
    this.directory = directory;
    this.cluster = cluster;
    this.database = new Database(cluster.postgres());
    this.durability = Durability.require(database, Machine.fileSystem(directory));
  }

  /** Starts all of it and waits for the agent. The data lies beside that of {@code hodei dev}. */
  public static Installation start(Progress progress) {
    Path directory = freshDirectory();
    DevSettings settings = DevSettings.in(directory).withAgentSlots(SLOTS);
    DevCluster cluster = DevCluster.open(settings, DevArtifacts.ofThisRepository(), progress);
    try {
      cluster.start();
      Installation installation = new Installation(directory, cluster, progress);
      installation.awaitAgent();
      return installation;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** A new connection to the node with the administrator's token. */
  public HttpConnection connect() {
    return new HttpConnection(cluster.node(1).url(), cluster.token());
  }

  public Database database() {
    return database;
  }

  public Path directory() {
    return directory;
  }

  /** What was found of the settings that make commits durable. */
  public Map<String, String> durability() {
    return durability;
  }

  public Cpu cpu() {
    return Cpu.read(cluster.postgres().pid(), cluster.node(1).pid(), cluster.agent(1).pid());
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
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
    return true;
  }

  /** Leaves the data and the logs behind: something went wrong that they explain. */
  public void keep() {
    kept = true;
  }

  @Override
  public void close() {
    database.close();
    cluster.close();
    if (kept) {
      progress.note("Data and logs of the failed run are kept in " + directory);
    } else {
      delete(directory);
    }
  }

  private void awaitAgent() {
    try (HttpConnection connection = connect()) {
      boolean there =
          await(
              AGENT_WITHIN,
              () -> {
                String said = connection.get("/api/v1/agents").expect(200).text();
                List<Json> agents = Json.parse(said).at("items").elements();
                return agents.stream().anyMatch(agent -> agent.string("state").equals("ONLINE"));
              });
      if (!there) {
        throw new BenchException(
            "The agent did not come online within %d s. Log: %s"
                .formatted(AGENT_WITHIN.toSeconds(), cluster.agent(1).log()));
      }
    }
  }

  private static Path freshDirectory() {
    try {
      Path parent = Home.directory().resolve(".hodei");
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, "bench-");
    } catch (IOException e) {
      throw new UncheckedIOException("No directory for the data of the benchmark", e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The data of the benchmark is left in " + directory, e);
    }
  }
}
