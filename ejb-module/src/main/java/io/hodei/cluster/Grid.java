package io.hodei.cluster;

import com.hazelcast.collection.IQueue;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.hodei.platform.Causes;
import io.hodei.platform.HodeiSettings;
import io.hodei.platform.NodeStopping;
import io.hodei.platform.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The Hazelcast member inside this node. Carries hints (queues, topics) and versioned copies (maps)
 * as bytes; everything in it may be lost, repeated or forged without harm, and every caller works
 * without it: when the grid fails, reads are empty and writes do nothing.
 */
@ApplicationScoped
public class Grid {
  private static final Logger LOG = System.getLogger(Grid.class.getName());

  /**
   * A grid that failed is not asked for this long, so that one frozen member does not slow every
   * caller down.
   */
  private static final Duration REST = Duration.ofSeconds(1);

  private final Settings settings;
  private final ConcurrentHashMap<String, List<Consumer<byte[]>>> listeners =
      new ConcurrentHashMap<>();
  private volatile @Nullable HazelcastInstance member;
  private volatile long restUntil = System.nanoTime();

  @Inject
  public Grid(Settings settings) {
    this.settings = settings;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Grid() {
    this(null);
  }

  /**
   * Starts the member on this port and joins those whose addresses ({@code host:port}) the supplier
   * knows.
   */
  void join(String clusterName, int port, Supplier<List<String>> addresses) {
    member =
        GridConfig.start(
            clusterName, settings.value(HodeiSettings.CLUSTER_ADDRESS), port, addresses);
    listeners.forEach((topic, consumers) -> consumers.forEach(consumer -> listen(topic, consumer)));
  }

  void leave(@Observes @Priority(NodeStopping.CLUSTER) NodeStopping event) {
    HazelcastInstance running = member;
    member = null;
    if (running != null) {
      running.shutdown();
    }
  }

  /** How many members see each other; 0 without a grid. */
  public int size() {
    return call(grid -> grid.getCluster().getMembers().size()).orElse(0);
  }

  /** A queue of hints; empty when there is no grid. */
  public Optional<IQueue<byte[]>> queue(String name) {
    return call(grid -> grid.getQueue(name));
  }

  /** A map of versioned copies; empty when there is no grid. */
  public <K> Optional<IMap<K, byte[]>> map(String name) {
    return call(grid -> grid.getMap(name));
  }

  /** Tells all nodes, this one included; may be lost. */
  public void publish(String topic, byte[] message) {
    call(
        grid -> {
          grid.<byte[]>getTopic(topic).publish(message);
          return true;
        });
  }

  /**
   * Hears what is published. The consumer runs on a grid thread: it only signals, and never blocks.
   */
  public void subscribe(String topic, Consumer<byte[]> consumer) {
    listeners.computeIfAbsent(topic, name -> new CopyOnWriteArrayList<>()).add(consumer);
    listen(topic, consumer);
  }

  /** Runs against the grid; without one, or when it fails, the answer is empty. */
  public <T> Optional<T> call(GridCall<T> call) {
    HazelcastInstance grid = member;
    if (grid == null || System.nanoTime() - restUntil < 0) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(call.on(grid));
    } catch (com.hazelcast.core.HazelcastException | IllegalStateException e) {
      restUntil = System.nanoTime() + REST.toNanos();
      LOG.log(
          Level.DEBUG,
          "The grid did not answer; the database is asked instead: {0}",
          Causes.sentence(e));
      return Optional.empty();
    }
  }

  private void listen(String topic, Consumer<byte[]> consumer) {
    call(
        grid ->
            grid.<byte[]>getTopic(topic)
                .addMessageListener(message -> consumer.accept(message.getMessageObject())));
  }

  /** One use of the grid. */
  public interface GridCall<T> {
    @Nullable T on(HazelcastInstance grid);
  }
}
