package io.hodei.it.testing;

import com.hazelcast.config.Config;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.core.DistributedObject;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.util.List;

/**
 * A member of the grid that is none of ours, with all the rights a member has: it read the name of
 * the cluster and the addresses of the nodes in the database.
 */
public final class GridIntruder implements AutoCloseable {
  private final HazelcastInstance member;

  public GridIntruder(Database database) {
    String name = database.text("select value from settings where key = 'cluster.name'");
    List<String> addresses =
        database.texts(
            "select distinct grid_address from nodes where renewed_until > clock_timestamp()");
    Config config = new Config().setClusterName(name).setLiteMember(true);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "none");
    config.setProperty("hazelcast.partition.count", "71");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.getJetConfig().setEnabled(false);
    config.getIntegrityCheckerConfig().setEnabled(false);
    var network = config.getAdvancedNetworkConfig().setEnabled(true);
    ServerSocketEndpointConfig endpoint =
        new ServerSocketEndpointConfig().setPort(0).setPortAutoIncrement(false);
    endpoint.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    network.setMemberEndpointConfig(endpoint);
    network.getJoin().getMulticastConfig().setEnabled(false);
    network.getJoin().getAutoDetectionConfig().setEnabled(false);
    network.getJoin().getTcpIpConfig().setEnabled(true).setMembers(addresses);
    member = Hazelcast.newHazelcastInstance(config);
    if (member.getCluster().getMembers().size() < 1 + addresses.size()) {
      member.getLifecycleService().terminate();
      throw new IllegalStateException("It did not join " + addresses);
    }
  }

  public HazelcastInstance member() {
    return member;
  }

  /** Destroys every queue, map and topic; answers how many there were. */
  public int wipe() {
    var all = List.copyOf(member.getDistributedObjects());
    all.forEach(DistributedObject::destroy);
    return all.size();
  }

  @Override
  public void close() {
    member.shutdown();
  }
}
