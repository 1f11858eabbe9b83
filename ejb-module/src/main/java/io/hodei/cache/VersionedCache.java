package io.hodei.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.hodei.platform.Id;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies of rows by id, each bound to its tenant: a caller of another tenant never gets one.
 * Settled rows live up to the configured time and are shared with the other nodes; all others live
 * one second on this node at most, so that a lost invalidation cannot make a copy older than that.
 *
 * <p>A value that was loaded while its id was invalidated is given to its reader and not kept: the
 * invalidations are counted in stripes, and a put looks at the count under the lock of the entry.
 */
public final class VersionedCache<V> {
  /** How long a copy of a row that can still change is used. */
  static final Duration UNSETTLED = Duration.ofSeconds(1);

  /** How long it is remembered after that, so that nobody looks for it in the grid. */
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private static final int STRIPES = 4096;

  private final CacheShape<V> shape;
  private final SharedCopies shared;
  private final Seal seal;
  private final Duration ttl;
  private final Ticker ticker;
  private final Cache<Long, Copy<V>> local;
  private final AtomicLongArray invalidations = new AtomicLongArray(STRIPES);
  private final LongAdder localHits = new LongAdder();
  private final LongAdder sharedHits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder loads = new LongAdder();
  private final LongAdder rejected = new LongAdder();

  /** A value with the moment, in nanoseconds of the ticker, until which it is given to readers. */
  private record Copy<V>(V value, long usableUntil) {}

  VersionedCache(
      CacheShape<V> shape, SharedCopies shared, byte[] secret, CacheBounds bounds, Ticker ticker) {
    this.shape = shape;
    this.shared = shared;
    this.seal = new Seal(shape.name(), secret);
    this.ttl = bounds.ttl();
    this.ticker = ticker;
    this.local =
        Caffeine.newBuilder()
            .maximumSize(bounds.entries())
            .ticker(ticker)
            .expireAfter(
                Expiry.<Long, Copy<V>>writing(
                    (id, copy) -> shape.settled().test(copy.value()) ? bounds.ttl() : REMEMBERED))
            .build();
  }

  /**
   * The tenant's value with this id, from a copy or from {@code loader}.
   *
   * @param loader reads from the database what it has of the given ids, in the caller's tenant
   */
  public Optional<V> get(long tenantId, long id, Function<long[], List<V>> loader) {
    return local(tenantId, id)
        .or(() -> getAll(tenantId, new long[] {id}, loader).stream().findFirst());
  }

  /** The tenant's value with this id when this node has a copy of it. */
  public Optional<V> local(long tenantId, long id) {
    V known = usable(tenantId, local.getIfPresent(id));
    if (known == null) {
      return Optional.empty();
    }
    localHits.increment();
    return Optional.of(known);
  }

  /**
   * The tenant's values with these ids, in the order of the ids; what does not exist is absent.
   * What no copy is of is loaded with one call.
   */
  public List<V> getAll(long tenantId, long[] ids, Function<long[], List<V>> loader) {
    Map<Long, V> found = new HashMap<>();
    long[] unknown = addLocal(tenantId, ids, found);
    if (unknown.length > 0) {
      addShared(tenantId, unknown, found);
    }
    long[] missing = without(ids, found);
    if (missing.length > 0) {
      misses.add(missing.length);
      load(tenantId, missing, loader, found);
    }
    List<V> values = new ArrayList<>(found.size());
    for (long id : ids) {
      V value = found.get(id);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** Forgets the copies on this node and in the grid. Call it after the commit of the change. */
  public void invalidate(long... ids) {
    invalidateLocal(ids);
    shared.remove(Arrays.stream(ids).mapToObj(this::key).toList());
  }

  /**
   * Forgets the copies on this node. Call it when another node, or the outbox, tells of a change.
   */
  public void invalidateLocal(long... ids) {
    for (long id : ids) {
      invalidations.incrementAndGet(stripe(id));
      local.asMap().remove(id);
    }
  }

  public CacheCounters counters() {
    return new CacheCounters(
        shape.name(),
        local.estimatedSize(),
        localHits.sum(),
        sharedHits.sum(),
        misses.sum(),
        loads.sum(),
        rejected.sum());
  }

  /** Carries out what Caffeine has put off, so that the number of entries is exact. */
  void settle() {
    local.cleanUp();
  }

  /** Adds what this node has usable copies of; answers the ids of which it knows nothing. */
  private long[] addLocal(long tenantId, long[] ids, Map<Long, V> found) {
    LongStream.Builder unknown = LongStream.builder();
    for (long id : ids) {
      Copy<V> known = local.getIfPresent(id);
      V value = usable(tenantId, known);
      if (value != null) {
        found.put(id, value);
      } else if (known == null) {
        unknown.add(id);
      }
    }
    localHits.add(found.size());
    return unknown.build().distinct().toArray();
  }

  /** The value of the copy when it is the tenant's and not too old. */
  private @Nullable V usable(long tenantId, @Nullable Copy<V> copy) {
    return copy != null
            && shape.tenantId().applyAsLong(copy.value) == tenantId
            && ticker.read() - copy.usableUntil < 0
        ? copy.value
        : null;
  }

  private void addShared(long tenantId, long[] ids, Map<Long, V> found) {
    long[] before = stamps(ids);
    Map<String, byte[]> copies = shared.get(Arrays.stream(ids).mapToObj(this::key).toList());
    for (int i = 0; i < ids.length; i++) {
      byte[] copy = copies.get(key(ids[i]));
      V value = copy == null ? null : open(tenantId, ids[i], copy);
      if (value != null) {
        sharedHits.increment();
        found.put(ids[i], value);
        keep(ids[i], value, before[i]);
      }
    }
  }

  private void load(
      long tenantId, long[] ids, Function<long[], List<V>> loader, Map<Long, V> found) {
    Map<Long, Long> before = new HashMap<>();
    for (long id : ids) {
      before.put(id, invalidations.get(stripe(id)));
    }
    for (V value : loader.apply(ids)) {
      long id = shape.id().applyAsLong(value);
      Long stamp = before.get(id);
      if (stamp != null && shape.tenantId().applyAsLong(value) == tenantId) {
        loads.increment();
        found.put(id, value);
        keep(id, value, stamp);
        share(tenantId, id, value, stamp);
      }
    }
  }

  /** Puts the copy, unless its id was invalidated since the stamp or a newer one is there. */
  private void keep(long id, V value, long stamp) {
    Duration life = shape.settled().test(value) ? ttl : UNSETTLED;
    Copy<V> copy = new Copy<>(value, ticker.read() + life.toNanos());
    local
        .asMap()
        .compute(
            id,
            (key, old) -> {
              if (invalidations.get(stripe(id)) != stamp) {
                return old;
              }
              return old != null && version(old.value) > version(value) ? old : copy;
            });
  }

  private void share(long tenantId, long id, V value, long stamp) {
    if (shape.settled().test(value) && invalidations.get(stripe(id)) == stamp) {
      shared.put(key(id), seal.close(tenantId, id, shape.encode().apply(value)));
      if (invalidations.get(stripe(id)) != stamp) {
        shared.remove(List.of(key(id)));
      }
    }
  }

  /** The value in a shared copy, when it is the tenant's, has this id, and is settled. */
  private @Nullable V open(long tenantId, long id, byte[] copy) {
    Optional<byte[]> content = seal.open(tenantId, id, copy);
    if (content.isPresent()) {
      try {
        V value = shape.decode().apply(content.get());
        if (shape.id().applyAsLong(value) == id
            && shape.tenantId().applyAsLong(value) == tenantId
            && shape.settled().test(value)) {
          return value;
        }
      } catch (RuntimeException e) {
        // Bytes of another release: the database is asked.
        rejected.increment();
        return null;
      }
    }
    rejected.increment();
    return null;
  }

  private long[] stamps(long[] ids) {
    return Arrays.stream(ids).map(id -> invalidations.get(stripe(id))).toArray();
  }

  private int version(V value) {
    return shape.version().applyAsInt(value);
  }

  private String key(long id) {
    return shape.name() + ":" + Id.format(id);
  }

  private static int stripe(long id) {
    return (int) ((id * 0x9E3779B97F4A7C15L) >>> 52);
  }

  private static <V> long[] without(long[] ids, Map<Long, V> found) {
    return Arrays.stream(ids).filter(id -> !found.containsKey(id)).distinct().toArray();
  }
}
