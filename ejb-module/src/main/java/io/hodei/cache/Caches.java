package io.hodei.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import io.hodei.cluster.Grid;
import io.hodei.platform.EngineDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The caches of this node, and the hints by which the nodes tell each other what has changed. */
@ApplicationScoped
public class Caches {
  private static final String SECRET = "secret.cache";
  private static final String TOPIC = "stale.";

  private final Grid grid;
  private final EngineDatabase database;
  private final ConcurrentHashMap<String, VersionedCache<?>> caches = new ConcurrentHashMap<>();

  @Inject
  public Caches(Grid grid, EngineDatabase database) {
    this.grid = grid;
    this.database = database;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Caches() {
    this(null, null);
  }

  /** Makes a cache; once per name. Needs the database, so call it when the node has started. */
  public <V> VersionedCache<V> create(CacheShape<V> shape, CacheBounds bounds) {
    VersionedCache<V> cache =
        new VersionedCache<>(
            shape,
            new GridCopies(grid, shape.name(), bounds.ttl()),
            secret(),
            bounds,
            Ticker.systemTicker());
    if (caches.putIfAbsent(shape.name(), cache) != null) {
      throw new IllegalStateException("There is a cache " + shape.name() + " already");
    }
    grid.subscribe(TOPIC + shape.name(), hint -> cache.invalidateLocal(unpack(hint)));
    return cache;
  }

  /**
   * Forgets copies here at once and on the other nodes by one message. Call it after the commit,
   * with all ids of the batch.
   */
  public void invalidate(String name, long... ids) {
    VersionedCache<?> cache = caches.get(name);
    if (cache != null && ids.length > 0) {
      cache.invalidate(ids);
      grid.publish(TOPIC + name, pack(ids));
    }
  }

  /**
   * The same for rows that are not settled, of which the grid has no copies: costs one message,
   * whatever the number of ids.
   */
  public void invalidateUnsettled(String name, long... ids) {
    VersionedCache<?> cache = caches.get(name);
    if (cache != null && ids.length > 0) {
      cache.invalidateLocal(ids);
      grid.publish(TOPIC + name, pack(ids));
    }
  }

  public List<CacheCounters> counters() {
    return caches.values().stream().<CacheCounters>map(VersionedCache::counters).toList();
  }

  /** The cluster's key for copies in the grid: made by the first node, kept in the database. */
  byte[] secret() {
    byte[] proposed = new byte[32];
    new SecureRandom().nextBytes(proposed);
    database
        .sql(
            """
            insert into settings (key, value, changed_by)
            values (:key, :value, 'hodei')
            on conflict (key) do nothing
            """)
        .set("key", SECRET)
        .set("value", Base64.getEncoder().encodeToString(proposed))
        .update();
    String kept =
        database
            .sql("select value from settings where key = :key")
            .set("key", SECRET)
            .one(row -> row.text("value"));
    return Base64.getDecoder().decode(kept);
  }

  static byte[] pack(long[] ids) {
    ByteBuffer bytes = ByteBuffer.allocate(ids.length * Long.BYTES);
    bytes.asLongBuffer().put(ids);
    return bytes.array();
  }

  /** The ids of a hint; a hint of a strange length says nothing beyond its whole ids. */
  static long[] unpack(byte[] hint) {
    long[] ids = new long[hint.length / Long.BYTES];
    ByteBuffer.wrap(hint).asLongBuffer().get(ids);
    return ids;
  }
}
