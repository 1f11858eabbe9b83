package io.hodei.cli.dev;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a development cluster looks like.
 *
 * @param directory everything the cluster writes lies under it
 * @param nodes how many nodes {@link DevCluster#start()} starts, 1 or more
 * @param agents how many agents it starts, 0 or more
 * @param port HTTP port of node 1, the others follow; 0 = 8080 if free, else any free one
 * @param fresh throw the data of an earlier cluster away first
 * @param agentSlots jobs that one agent executes at the same time
 * @param nodeEnvironment added to the environment of every node: {@code HODEI_…} settings
 * @param agentEnvironment added to the environment of every agent
 * @param nodeJvmOptions added behind those of {@code jvm.options}
 * @param postgresSettings added to {@code postgresql.conf}
 */
public record DevSettings(
    Path directory,
    int nodes,
    int agents,
    int port,
    boolean fresh,
    int agentSlots,
    Map<String, String> nodeEnvironment,
    Map<String, String> agentEnvironment,
    List<String> nodeJvmOptions,
    Map<String, String> postgresSettings) {

  public DevSettings {
    if (nodes < 1) {
      throw new DevException("A cluster needs at least one node: --nodes 1 or more.");
    }
    if (agents < 0 || port < 0 || port > 65535 || agentSlots < 1) {
      throw new DevException(
          "Agents and the port must not be negative, and an agent needs a slot.");
    }
    directory = directory.toAbsolutePath().normalize();
    nodeEnvironment = Map.copyOf(nodeEnvironment);
    agentEnvironment = Map.copyOf(agentEnvironment);
    nodeJvmOptions = List.copyOf(nodeJvmOptions);
    postgresSettings = Map.copyOf(postgresSettings);
  }

  /** One node, one agent with four slots, any free port. */
  public static DevSettings in(Path directory) {
    return new DevSettings(directory, 1, 1, 0, false, 4, Map.of(), Map.of(), List.of(), Map.of());
  }

  public DevSettings withNodes(int count) {
    return new DevSettings(
        directory,
        count,
        agents,
        port,
        fresh,
        agentSlots,
        nodeEnvironment,
        agentEnvironment,
        nodeJvmOptions,
        postgresSettings);
  }

  public DevSettings withAgents(int count) {
    return new DevSettings(
        directory,
        nodes,
        count,
        port,
        fresh,
        agentSlots,
        nodeEnvironment,
        agentEnvironment,
        nodeJvmOptions,
        postgresSettings);
  }

  public DevSettings withPort(int firstPort) {
    return new DevSettings(
        directory,
        nodes,
        agents,
        firstPort,
        fresh,
        agentSlots,
        nodeEnvironment,
        agentEnvironment,
        nodeJvmOptions,
        postgresSettings);
  }

  public DevSettings withFresh(boolean startsEmpty) {
    return new DevSettings(
        directory,
        nodes,
        agents,
        port,
        startsEmpty,
        agentSlots,
        nodeEnvironment,
        agentEnvironment,
        nodeJvmOptions,
        postgresSettings);
  }

  public DevSettings withAgentSlots(int slots) {
    return new DevSettings(
        directory,
        nodes,
        agents,
        port,
        fresh,
        slots,
        nodeEnvironment,
        agentEnvironment,
        nodeJvmOptions,
        postgresSettings);
  }

  /**
   * Adds one setting of every node, by its environment name: {@code HODEI_CACHE_TTL}. {@code
   * {port}} in the value becomes the HTTP port of the node.
   */
  public DevSettings withNodeSetting(String name, String value) {
    return new DevSettings(
        directory,
        nodes,
        agents,
        port,
        fresh,
        agentSlots,
        with(nodeEnvironment, name, value),
        agentEnvironment,
        nodeJvmOptions,
        postgresSettings);
  }

  /** Adds one setting of every agent, by its environment name: {@code HODEI_AGENT_POOLS}. */
  public DevSettings withAgentSetting(String name, String value) {
    return new DevSettings(
        directory,
        nodes,
        agents,
        port,
        fresh,
        agentSlots,
        nodeEnvironment,
        with(agentEnvironment, name, value),
        nodeJvmOptions,
        postgresSettings);
  }

  public DevSettings withNodeJvmOptions(List<String> options) {
    return new DevSettings(
        directory,
        nodes,
        agents,
        port,
        fresh,
        agentSlots,
        nodeEnvironment,
        agentEnvironment,
        options,
        postgresSettings);
  }

  public DevSettings withPostgresSetting(String name, String value) {
    return new DevSettings(
        directory,
        nodes,
        agents,
        port,
        fresh,
        agentSlots,
        nodeEnvironment,
        agentEnvironment,
        nodeJvmOptions,
        with(postgresSettings, name, value));
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    Map<String, String> copy = new HashMap<>(map);
    copy.put(name, value);
    return copy;
  }
}
