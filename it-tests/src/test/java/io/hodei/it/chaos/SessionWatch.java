package io.hodei.it.chaos;

import io.hodei.cli.dev.DevCluster;
import io.hodei.it.testing.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks every second, while things die, for jobs that are held without a live session. The cluster
 * has a while to notice; it begins anew when the database was away.
 */
final class SessionWatch implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final String HELD =
      """
      select j.id || ' epoch ' || j.epoch || ' ' || j.state
        from jobs j
        left join agent_sessions s on s.id = j.session_id
       where j.state in ('LEASED', 'RUNNING')
         and (s.id is null or s.ended_at is not null or s.renewed_until < clock_timestamp())
      """;

  private final DevCluster cluster;
  private final Map<String, Long> since = new HashMap<>();
  private final Queue<String> found = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger samples = new AtomicInteger();
  private volatile long longestNanos;

  SessionWatch(DevCluster cluster) {
    this.cluster = cluster;
    var unused = thread.scheduleWithFixedDelay(this::sample, 1, 1, TimeUnit.SECONDS);
  }

  /** Jobs that were held for too long; empty is good. */
  List<String> violations() {
    return List.copyOf(found);
  }

  @Override
  public String toString() {
    return "%d samples, a job was held without a live session for at most %d s"
        .formatted(samples.get(), Duration.ofNanos(longestNanos).toSeconds());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void sample() {
    long now = System.nanoTime();
    try (Database database = Database.of(cluster)) {
      List<String> held = database.texts(HELD);
      since.keySet().retainAll(held);
      held.forEach(job -> judge(job, now - since.computeIfAbsent(job, first -> now)));
      samples.incrementAndGet();
    } catch (IllegalStateException away) {
      since.clear();
    }
  }

  private void judge(String job, long nanos) {
    longestNanos = Math.max(longestNanos, nanos);
    if (nanos > LIMIT.toNanos()) {
      found.add("held without a live session for %d s: %s".formatted(nanos / 1_000_000_000, job));
      since.remove(job);
    }
  }
}
