package io.hodei.events;

import io.hodei.platform.DomainException;
import io.hodei.platform.HodeiSettings;
import io.hodei.platform.NodeStopping;
import io.hodei.platform.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * The node's own distribution of events: one channel per subscribed pattern of topics, each in the
 * order of positions. What nobody subscribed to costs nothing.
 */
@ApplicationScoped
public class EventBus implements AutoCloseable {
  /** The pattern of all topics. */
  public static final String ALL = "*";

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final IntSupplier capacity;
  private final ThreadFactory threads;
  private final ConcurrentHashMap<TopicFilter, Channel<OutboxRow>> channels =
      new ConcurrentHashMap<>();
  private volatile boolean closed;

  @Inject
  public EventBus(Settings settings, ManagedThreadFactory threads) {
    this(() -> settings.value(HodeiSettings.EVENT_CHANNEL_CAPACITY), threads);
  }

  public EventBus(IntSupplier capacity, ThreadFactory threads) {
    this.capacity = capacity;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected EventBus() {
    this((IntSupplier) null, null);
  }

  /**
   * Hears every event of the topics, beginning with the next one.
   *
   * @param topics {@code *}, {@code job.*}, {@code job.ended}, or several with commas between
   * @param handler runs on the channel's thread and must not block; its list is valid during the
   *     call only
   * @return ends the subscription
   */
  public AutoCloseable subscribe(String topics, Consumer<List<OutboxRow>> handler) {
    Channel<OutboxRow> channel =
        channels.computeIfAbsent(
            TopicFilter.parse(topics),
            filter -> new Channel<>(topics, capacity.getAsInt(), PATIENCE, threads));
    channel.handle(handler);
    return () -> channel.remove(handler);
  }

  /**
   * Hands rows to the channels that want them. Waits while one of them is full: what comes here
   * lies in the outbox, so waiting loses nothing.
   */
  public void publish(List<OutboxRow> rows) {
    channels.forEach(
        (filter, channel) -> {
          for (OutboxRow row : rows) {
            if (filter.accepts(row.topic())) {
              enqueuePatiently(channel, row);
            }
          }
          channel.wake();
        });
  }

  /** What each channel has done. */
  public List<ChannelCounters> counters() {
    return channels.values().stream().map(Channel::counters).toList();
  }

  void close(@Observes @Priority(NodeStopping.EVENTS + 1) NodeStopping event) {
    close();
  }

  /** Ends all channels, after what they hold. */
  @Override
  public void close() {
    closed = true;
    channels.values().forEach(Channel::close);
  }

  private void enqueuePatiently(Channel<OutboxRow> channel, OutboxRow row) {
    boolean accepted = false;
    while (!accepted && !closed) {
      try {
        channel.enqueue(row);
        accepted = true;
      } catch (DomainException full) {
        // Counted by the channel; its handlers are slow, the outbox keeps the rest meanwhile.
        accepted = false;
      }
    }
  }
}
