package io.hodei.it.testing;

import io.hodei.cli.dev.DevArtifacts;
import io.hodei.cli.dev.DevCluster;
import io.hodei.cli.dev.DevSettings;
import io.hodei.cli.dev.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * One cluster of two nodes and two agents for all tests that only talk to it; started by the first
 * one that asks, ended by {@code LeftoversIT} or with this JVM.
 */
public final class SharedCluster {
  private static @Nullable DevCluster cluster;

  private SharedCluster() {}

  public static synchronized DevCluster get() {
    DevCluster running = cluster;
    if (running == null) {
      running = open(directory());
      running.start();
      cluster = running;
      awaitAgents(running, 2);
    }
    return running;
  }

  /** Where all clusters of the tests are. */
  public static Path parent() {
    return Path.of("target", "clusters").toAbsolutePath();
  }

  public static Path directory() {
    return parent().resolve("shared");
  }

  /** An API client of the first node with the administrator's token. */
  public static Api api() {
    DevCluster running = get();
    return new Api(running.node(1).url(), running.token());
  }

  public static synchronized void close() {
    DevCluster running = cluster;
    cluster = null;
    if (running != null) {
      running.close();
    }
  }

  /** One node without agents, for tests that ill-treat it; not started, closed by the caller. */
  public static DevCluster loneNode(String name) {
    return DevCluster.open(
        DevSettings.in(parent().resolve(name)).withPort(freePorts(1)).withAgents(0).withFresh(true),
        DevArtifacts.ofThisRepository(),
        Progress.silent());
  }

  private static DevCluster open(Path directory) {
    DevCluster opened =
        DevCluster.open(
            DevSettings.in(directory)
                .withPort(freePorts(2))
                .withNodes(2)
                .withAgents(2)
                .withAgentSlots(4)
                .withFresh(true),
            DevArtifacts.ofThisRepository(),
            Progress.silent());
    Runtime.getRuntime().addShutdownHook(new Thread(opened::close));
    return opened;
  }

  /**
   * The first of so many neighbouring free ports; not the usual ones, which another cluster of this
   * machine may want at the same moment.
   */
  public static int freePorts(int count) {
    for (int base = ThreadLocalRandom.current().nextInt(20_000, 29_000); ; base += count) {
      if (IntStream.range(base, base + count).allMatch(SharedCluster::isFree)) {
        return base;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** Returns when so many agents are online. */
  public static void awaitAgents(DevCluster running, int count) {
    Api api = new Api(running.node(1).url(), running.token());
    Awaitility.await("agents online")
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                api.get("/agents").expect(200).items().stream()
                        .filter(agent -> agent.getString("state").equals("ONLINE"))
                        .count()
                    == count);
  }
}
