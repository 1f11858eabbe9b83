package io.hodei.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.DiscoveryStrategyConfig;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.QueueConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.TopicConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.util.ConcurrencyUtil;
import java.util.List;
import java.util.function.Supplier;

/**
 * How the grid member is set up: a member endpoint on one interface, found by TCP, and nothing
 * else.
 */
final class GridConfig {
  /** Most tickets one queue holds; what does not fit stays in the database and is offered later. */
  static final int QUEUE_CAPACITY = 50_000;

  private GridConfig() {}

  static HazelcastInstance start(
      String clusterName, String address, int port, Supplier<List<String>> addresses) {
    Config config =
        new Config().setClusterName(clusterName).setClassLoader(GridConfig.class.getClassLoader());
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.discovery.enabled", "true");
    config.setProperty("hazelcast.merge.first.run.delay.seconds", "10");
    config.setProperty("hazelcast.merge.next.run.delay.seconds", "10");
    config.setProperty("hazelcast.logging.type", "jdk");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.operation.call.timeout.millis", "2000");
    config.setProperty("hazelcast.max.no.heartbeat.seconds", "10");
    config.setProperty("hazelcast.partition.count", "71");
    config.getJetConfig().setEnabled(false);
    config.getMetricsConfig().setEnabled(false);
    config.getIntegrityCheckerConfig().setEnabled(false);
    // What travels is bytes and primitives; nothing else is ever deserialized.
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
    filter.setDefaultsDisabled(true);
    config
        .getSerializationConfig()
        .setJavaSerializationFilterConfig(filter)
        .setEnableCompression(false);
    network(config, address, port, addresses);
    config.addQueueConfig(
        new QueueConfig("ready.*")
            .setMaxSize(QUEUE_CAPACITY)
            .setBackupCount(0)
            .setEmptyQueueTtl(600)
            .setStatisticsEnabled(false));
    config.addTopicConfig(
        new TopicConfig("*").setStatisticsEnabled(false).setMultiThreadingEnabled(false));
    config.addMapConfig(
        new MapConfig("job")
            .setTimeToLiveSeconds(300)
            .setBackupCount(0)
            .setStatisticsEnabled(false));
    // On two cores the grid would start a thread of the system for each answer that is awaited.
    ConcurrencyUtil.setDefaultAsyncExecutor(Thread::startVirtualThread);
    return Hazelcast.newHazelcastInstance(config);
  }

  private static void network(
      Config config, String address, int port, Supplier<List<String>> addresses) {
    var network = config.getAdvancedNetworkConfig().setEnabled(true);
    ServerSocketEndpointConfig member =
        new ServerSocketEndpointConfig().setPort(port).setPortAutoIncrement(false);
    member.getInterfaces().setEnabled(true).addInterface(address);
    network.setMemberEndpointConfig(member);
    var join = network.getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(false);
    join.getDiscoveryConfig()
        .addDiscoveryStrategyConfig(
            new DiscoveryStrategyConfig(new NodeDiscovery.Factory(addresses)));
  }
}
