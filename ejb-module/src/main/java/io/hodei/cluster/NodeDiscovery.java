package io.hodei.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.properties.PropertyDefinition;
import com.hazelcast.logging.ILogger;
import com.hazelcast.spi.discovery.AbstractDiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryNode;
import com.hazelcast.spi.discovery.DiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryStrategyFactory;
import com.hazelcast.spi.discovery.SimpleDiscoveryNode;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Lets grid members find each other through the addresses in the {@code nodes} table. */
final class NodeDiscovery extends AbstractDiscoveryStrategy {
  private final Supplier<List<String>> addresses;

  private NodeDiscovery(ILogger logger, Supplier<List<String>> addresses) {
    super(logger, Map.of());
    this.addresses = addresses;
  }

  @Override
  public Iterable<DiscoveryNode> discoverNodes() {
    List<DiscoveryNode> nodes = new ArrayList<>();
    for (String address : addresses.get()) {
      int colon = address.lastIndexOf(':');
      try {
        nodes.add(
            new SimpleDiscoveryNode(
                new Address(
                    address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))));
      } catch (UnknownHostException | RuntimeException e) {
        getLogger()
            .warning(
                "The grid address " + address + " of a node cannot be used: " + e.getMessage());
      }
    }
    return nodes;
  }

  /** Makes the strategy; Hazelcast wants a factory. */
  record Factory(Supplier<List<String>> addresses) implements DiscoveryStrategyFactory {
    @Override
    public Class<? extends DiscoveryStrategy> getDiscoveryStrategyType() {
      return NodeDiscovery.class;
    }

    @Override
    @SuppressWarnings("rawtypes") // Hazelcast's signature.
    public DiscoveryStrategy newDiscoveryStrategy(
        DiscoveryNode node, ILogger logger, Map<String, Comparable> properties) {
      return new NodeDiscovery(logger, addresses);
    }

    @Override
    public Collection<PropertyDefinition> getConfigurationProperties() {
      return List.of();
    }
  }
}
