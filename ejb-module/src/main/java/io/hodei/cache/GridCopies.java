package io.hodei.cache;

import com.hazelcast.map.IMap;
import io.hodei.cluster.Grid;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The copies in a map of the grid. One that answers too late is left alone for a second. */
final class GridCopies implements SharedCopies {
  private static final long PATIENCE_NANOS = Duration.ofMillis(30).toNanos();
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Grid grid;
  private final String map;
  private final Duration ttl;
  private volatile long pausedAt = System.nanoTime() - PAUSE_NANOS;

  GridCopies(Grid grid, String map, Duration ttl) {
    this.grid = grid;
    this.map = map;
    this.ttl = ttl;
  }

  @Override
  public Map<String, byte[]> get(Collection<String> keys) {
    Map<String, CompletableFuture<Object>> asked = new HashMap<>();
    use(copies -> keys.forEach(key -> asked.put(key, copies.getAsync(key).toCompletableFuture())));
    Map<String, byte[]> found = new HashMap<>();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    asked.forEach(
        (key, answer) -> {
          byte[] copy = await(answer, deadline);
          if (copy.length > 0) {
            found.put(key, copy);
          }
        });
    return found;
  }

  @Override
  public void put(String key, byte[] copy) {
    use(copies -> copies.setAsync(key, copy, ttl.toSeconds(), TimeUnit.SECONDS));
  }

  @Override
  public void remove(Collection<String> keys) {
    use(copies -> keys.forEach(copies::removeAsync));
  }

  private byte[] await(CompletableFuture<Object> answer, long deadline) {
    try {
      Object copy = answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      // What is no bytes was put there by none of us.
      return copy instanceof byte[] bytes ? bytes : new byte[0];
    } catch (TimeoutException | ExecutionException e) {
      pausedAt = System.nanoTime();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new byte[0];
  }

  private void use(Consumer<IMap<String, Object>> work) {
    if (System.nanoTime() - pausedAt < PAUSE_NANOS) {
      return;
    }
    grid.call(
        member -> {
          work.accept(member.getMap(map));
          return true;
        });
  }
}
