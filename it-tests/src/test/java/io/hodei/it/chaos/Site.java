package io.hodei.it.chaos;

import io.hodei.cli.dev.DevArtifacts;
import io.hodei.cli.dev.DevCluster;
import io.hodei.cli.dev.DevNode;
import io.hodei.cli.dev.DevSettings;
import io.hodei.cli.dev.Progress;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Database;
import io.hodei.it.testing.ExtraAgent;
import io.hodei.it.testing.GridIntruder;
import io.hodei.it.testing.SharedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Two nodes and two agents, and a network of its own between each agent and each node.
 *
 * <p>Nodes tell agents an address of each other that nobody listens on, so that an agent knows no
 * way around its network.
 */
final class Site implements AutoCloseable {
  static final int SLOTS = 6;
  private static final String NOWHERE = "http://127.0.0.1:9";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final DevCluster cluster;
  private final List<List<FaultProxy>> networks = new ArrayList<>();
  private final List<ExtraAgent> agents = new ArrayList<>();

  Site(Path directory) {
    cluster =
        DevCluster.open(
            DevSettings.in(directory)
                .withPort(SharedCluster.freePorts(2))
                .withNodes(2)
                .withAgents(0)
                .withFresh(true)
                .withNodeSetting("HODEI_NODE_URL", NOWHERE)
                .withNodeSetting("HODEI_JOBS_MAX_LOSSES", "1000"),
            DevArtifacts.ofThisRepository(),
            Progress.silent());
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  Site start() {
    cluster.start();
    for (String name : List.of("alpha", "beta")) {
      List<FaultProxy> network = cluster.urls().stream().map(FaultProxy::new).toList();
      networks.add(network);
      String servers =
          network.stream().map(proxy -> proxy.url().toString()).collect(Collectors.joining(","));
      agents.add(
          new ExtraAgent(name, cluster.directory(), servers, cluster.agentTokenFile())
              .with("SLOTS", String.valueOf(SLOTS))
              .start());
    }
    SharedCluster.awaitAgents(cluster, 2);
    return this;
  }

  DevCluster cluster() {
    return cluster;
  }

  DevNode node(int number) {
    return cluster.node(number);
  }

  /** Of the first node. */
  Api api() {
    return new Api(cluster.node(1).url(), cluster.token());
  }

  List<ExtraAgent> agents() {
    return List.copyOf(agents);
  }

  ExtraAgent agent(int number) {
    return agents.get(number - 1);
  }

  void cut(int agent) {
    networks.get(agent - 1).forEach(FaultProxy::cut);
  }

  void silence(int agent) {
    networks.get(agent - 1).forEach(FaultProxy::silence);
  }

  void heal(int agent) {
    networks.get(agent - 1).forEach(FaultProxy::heal);
  }

  int wipeGrid() {
    try (Database database = Database.of(cluster);
        GridIntruder intruder = new GridIntruder(database)) {
      return intruder.wipe();
    }
  }

  void crashDatabase() {
    cluster.postgres().crash();
    cluster.postgres().start();
  }

  void restart(int node) {
    cluster.node(node).launch();
    cluster.node(node).awaitReady(PATIENCE);
  }

  @Override
  public void close() {
    agents.forEach(ExtraAgent::close);
    networks.forEach(network -> network.forEach(FaultProxy::close));
    cluster.close();
  }
}
