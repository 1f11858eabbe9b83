package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.ConsoleLink;
import io.hodei.cli.client.Failure;
import io.hodei.cli.context.Contexts;
import io.hodei.cli.dev.DevArtifacts;
import io.hodei.cli.dev.DevCluster;
import io.hodei.cli.dev.DevSettings;
import io.hodei.cli.dev.Home;
import io.hodei.cli.dev.Part;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a whole cluster in the foreground until Ctrl-C. */
@Command(
    name = "dev",
    description =
        "Start PostgreSQL, nodes and agents on this machine; Ctrl-C stops them, the data stays.",
    footer = {
      "",
      "Examples:",
      "  hodei dev",
      "  hodei dev --nodes 2 --agents 2 --port 9000 --fresh"
    })
final class DevCommand implements Callable<Integer> {
  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Nodes to start (default ${DEFAULT-VALUE}).")
  private int nodes = 1;

  @Option(
      names = "--agents",
      paramLabel = "N",
      description = "Agents to start (default ${DEFAULT-VALUE}).")
  private int agents = 1;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "Jobs one agent executes at a time (default ${DEFAULT-VALUE}).")
  private int slots = 4;

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Port of node 1, the others follow (default 8080 or any free one).")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the data lies (default .hodei/dev).")
  private @Nullable Path data;

  @Option(names = "--fresh", description = "Delete the data of the last cluster first.")
  private boolean fresh;

  @Override
  public Integer call() throws InterruptedException {
    PrintStream screen = System.err;
    DevSettings settings =
        DevSettings.in(data == null ? Home.devDirectory() : data)
            .withNodes(nodes)
            .withAgents(agents)
            .withAgentSlots(slots)
            .withPort(port)
            .withFresh(fresh);
    DevCluster cluster =
        DevCluster.open(
            settings,
            DevArtifacts.ofThisRepository(),
            new ScreenProgress(screen, Terminal.errorIsTerminal()));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cluster, screen), "stop"));
    cluster.start();
    register(cluster, screen);
    welcome(cluster, screen);
    cluster.trainStart();
    watch(cluster, screen);
    return ExitCode.OK;
  }

  /**
   * Makes the cluster known as the context {@code dev}, without taking the place of a context that
   * the user chose.
   */
  private static void register(DevCluster cluster, PrintStream screen) {
    Contexts contexts = Contexts.ofUser();
    contexts.putTokenFile("dev", cluster.urls(), cluster.tokenFile());
    String current = contexts.current();
    if (!current.isEmpty() && !current.equals("dev")) {
      screen.printf(
          "  The context %s is in use; for this cluster: ./hodei context use dev%n", current);
    }
  }

  private static void welcome(DevCluster cluster, PrintStream screen) {
    screen.printf("%nHodei runs at %s%n", cluster.node(1).url());
    screen.printf("  console   %s%n", consoleLink(cluster));
    screen.printf("  token     %s%n", cluster.tokenFile());
    screen.printf("  logs      %s%n", cluster.directory());
    screen.printf("  try       ./hodei run -- echo hello%n");
    screen.printf("  stop      Ctrl-C (the data stays)%n%n");
  }

  /** Works once and within a minute; later: {@code hodei console}. */
  private static String consoleLink(DevCluster cluster) {
    try {
      return ConsoleLink.make(new Api(cluster.urls(), cluster.token()))
          + "  (once, within a minute; then: ./hodei console)";
    } catch (Failure e) {
      return "./hodei console";
    }
  }

  /** Says once when a part ends that nobody asked to end. */
  private static void watch(DevCluster cluster, PrintStream screen) throws InterruptedException {
    Set<String> gone = new HashSet<>();
    while (true) {
      Thread.sleep(1_000);
      for (Part part : cluster.parts()) {
        if (!part.alive() && gone.add(part.name())) {
          screen.printf("%s ended. Log: %s%n", part.name(), part.log());
        }
      }
    }
  }

  private static void stop(DevCluster cluster, PrintStream screen) {
    if (cluster.isOpen()) {
      screen.println("Stopping agents, nodes, PostgreSQL.");
    }
    cluster.close();
  }
}
