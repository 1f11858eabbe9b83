package io.hodei.web.stream;

import io.hodei.events.EventBus;
import io.hodei.events.OutboxRow;
import io.hodei.logs.LogHints;
import io.hodei.logs.LogReading;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Moves all tails of this node with one thread: at once when a hint names their job, and every half
 * second by one question per tenant, so that a lost hint delays output and loses none.
 */
@ApplicationScoped
public class LogTails {
  private static final Duration POLL = Duration.ofMillis(500);

  private final LogReading reading;
  private final LogHints hints;
  private final EventBus bus;
  private final ManagedThreadFactory threads;
  private final Set<LogTail> tails = ConcurrentHashMap.newKeySet();
  private final Map<Long, Integer> followed = new ConcurrentHashMap<>();
  private final Set<Long> hinted = ConcurrentHashMap.newKeySet();
  private final Set<LogTail> ready = ConcurrentHashMap.newKeySet();
  private long polledAt = System.nanoTime();
  private @Nullable Loop loop;

  @Inject
  public LogTails(LogReading reading, LogHints hints, EventBus bus, ManagedThreadFactory threads) {
    this.reading = reading;
    this.hints = hints;
    this.bus = bus;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected LogTails() {
    this(null, null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.LAST) NodeStarting event) {
    loop = new Loop("log-tails", POLL, threads, this::advance);
    hints.subscribe(this::hint);
    bus.subscribe("job.*", this::hear);
  }

  void stop(@Observes @Priority(NodeStopping.DISPATCH) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
  }

  void add(LogTail tail) {
    followed.merge(tail.jobId, 1, Integer::sum);
    tails.add(tail);
    tail.connection.whenThereIsRoom(() -> wake(tail));
    wake(tail);
  }

  void remove(LogTail tail) {
    if (tails.remove(tail)) {
      followed.computeIfPresent(tail.jobId, (id, count) -> count > 1 ? count - 1 : null);
    }
  }

  private void hear(List<OutboxRow> rows) {
    if (!followed.isEmpty()) {
      rows.forEach(row -> hint(row.ids("job")));
    }
  }

  private void hint(long[] jobIds) {
    boolean some = false;
    for (long id : jobIds) {
      some |= followed.containsKey(id) && hinted.add(id);
    }
    if (some) {
      wake();
    }
  }

  private void wake(LogTail tail) {
    ready.add(tail);
    wake();
  }

  private void wake() {
    Loop running = loop;
    if (running != null) {
      running.wake();
    }
  }

  private void advance() {
    Set<Long> jobs = new HashSet<>(hinted);
    hinted.removeAll(jobs);
    Set<LogTail> first = new HashSet<>(ready);
    ready.removeAll(first);
    if (System.nanoTime() - polledAt >= POLL.toNanos()) {
      polledAt = System.nanoTime();
      jobs.addAll(poll());
    }
    for (LogTail tail : tails) {
      if (first.contains(tail) || jobs.contains(tail.jobId)) {
        tail.advance(
            (cursor, maxBytes) ->
                reading.follow(tail.connection.caller, tail.jobId, cursor, maxBytes));
      }
    }
  }

  /** The jobs with something new, asked for with one statement per tenant. */
  private Set<Long> poll() {
    Map<Long, List<LogTail>> byTenant =
        tails.stream().collect(Collectors.groupingBy(tail -> tail.connection.caller.tenantId()));
    Set<Long> jobs = new HashSet<>();
    for (List<LogTail> ofTenant : byTenant.values()) {
      jobs.addAll(
          reading.news(
              ofTenant.getFirst().connection.caller,
              ofTenant.stream().map(LogTail::point).toList()));
    }
    return jobs;
  }
}
