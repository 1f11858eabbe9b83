package io.hodei.it.chaos;

import static java.util.stream.Collectors.joining;

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
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two nodes and two agents, and a network of its own between each agent and each node.
 *
 * <p>Nodes are known under one host name, which each agent finds at the address of its own network:
 * what a node tells an agent of the other one leads through that network too. The agent alpha knows
 * both nodes from its settings, beta only the first: of the other it hears from the nodes.
 */
final class Site implements AutoCloseable {
  static final int SLOTS = 30;
  private static final String HOST = "hodei.test";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

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
                .withNodeSetting("HODEI_NODE_URL", "http://" + HOST + ":{port}")
                .withNodeSetting("HODEI_JOBS_MAX_LOSSES", "1000"),
            DevArtifacts.ofThisRepository(),
            Progress.silent());
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  Site start() {
    cluster.start();
    agents.add(agent("alpha", cluster.urls()));
    agents.add(agent("beta", cluster.urls().subList(0, 1)));
    SharedCluster.awaitAgents(cluster, 2);
    return this;
  }

  private ExtraAgent agent(String name, List<URI> known) {
    String address = "127.0.1." + (networks.size() + 1);
    networks.add(cluster.urls().stream().map(url -> new FaultProxy(url, address)).toList());
    String servers =
        known.stream().map(url -> "http://" + HOST + ":" + url.getPort()).collect(joining(","));
    return new ExtraAgent(name, cluster.directory(), servers, cluster.agentTokenFile())
        .with("SLOTS", String.valueOf(SLOTS))
        .resolving(HOST, address)
        .start();
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

  void mute(int agent) {
    networks.get(agent - 1).forEach(FaultProxy::mute);
  }

  void deafen(int agent) {
    networks.get(agent - 1).forEach(FaultProxy::deafen);
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
