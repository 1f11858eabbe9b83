package io.hodei.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.platform.Id;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class VersionedCacheTest {
  private static final byte[] SECRET = new byte[32];

  private record Thing(long tenant, long id, int version, boolean settled) {
    byte[] bytes() {
      return ByteBuffer.allocate(21)
          .putLong(tenant)
          .putLong(id)
          .putInt(version)
          .put((byte) (settled ? 1 : 0))
          .array();
    }

    static Thing of(byte[] bytes) {
      ByteBuffer from = ByteBuffer.wrap(bytes);
      return new Thing(from.getLong(), from.getLong(), from.getInt(), from.get() == 1);
    }
  }

  /** The grid's part, in the heap. */
  private static final class HeapCopies implements SharedCopies {
    final Map<String, byte[]> copies = new ConcurrentHashMap<>();

    final List<String> asked = new ArrayList<>();

    @Override
    public Map<String, byte[]> get(Collection<String> keys) {
      asked.addAll(keys);
      Map<String, byte[]> found = new ConcurrentHashMap<>(copies);
      found.keySet().retainAll(keys);
      return found;
    }

    @Override
    public void put(String key, byte[] copy) {
      copies.put(key, copy);
    }

    @Override
    public void remove(Collection<String> keys) {
      copies.keySet().removeAll(keys);
    }
  }

  private final HeapCopies grid = new HeapCopies();
  private final Map<Long, Thing> rows = new ConcurrentHashMap<>();
  private final List<Long> loaded = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final VersionedCache<Thing> cache = node(SECRET, 1000);

  private VersionedCache<Thing> node(byte[] secret, int entries) {
    CacheShape<Thing> shape =
        new CacheShape<>(
            "thing",
            Thing::tenant,
            Thing::id,
            Thing::version,
            Thing::settled,
            Thing::bytes,
            Thing::of);
    return new VersionedCache<>(
        shape, grid, secret, new CacheBounds(entries, Duration.ofMinutes(5)), nanos::get);
  }

  private Function<long[], List<Thing>> database(long tenant) {
    return ids -> {
      Arrays.stream(ids).forEach(loaded::add);
      return Arrays.stream(ids)
          .mapToObj(rows::get)
          .filter(thing -> thing != null && thing.tenant() == tenant)
          .toList();
    };
  }

  private void row(long tenant, long id, int version, boolean settled) {
    rows.put(id, new Thing(tenant, id, version, settled));
  }

  private int versionSeenBy(VersionedCache<Thing> node, long id) {
    return node.get(1, id, database(1)).orElseThrow().version();
  }

  @Test
  void a_second_read_needs_no_database() {
    row(1, 5, 1, false);
    assertThat(versionSeenBy(cache, 5)).isEqualTo(1);
    assertThat(versionSeenBy(cache, 5)).isEqualTo(1);
    assertThat(loaded).containsExactly(5L);
    assertThat(cache.counters().localHits()).isEqualTo(1);
    assertThat(cache.counters().misses()).isEqualTo(1);
  }

  @Test
  void only_a_copy_of_this_node_is_local_and_only_while_it_lives() {
    row(1, 5, 1, true);
    node(SECRET, 1000).get(1, 5, database(1));
    assertThat(cache.local(1, 5)).isEmpty();
    row(1, 6, 1, false);
    cache.get(1, 6, database(1));
    assertThat(cache.local(1, 6)).hasValueSatisfying(copy -> assertThat(copy.id()).isEqualTo(6));
    nanos.addAndGet(Duration.ofMillis(1001).toNanos());
    assertThat(cache.local(1, 6)).isEmpty();
  }

  @Test
  void another_tenant_never_gets_a_copy() {
    row(1, 5, 1, true);
    cache.get(1, 5, database(1));
    assertThat(cache.get(2, 5, database(2))).isEmpty();
    assertThat(cache.local(2, 5)).isEmpty();
    assertThat(cache.getAll(2, new long[] {5}, database(2))).isEmpty();
    assertThat(node(SECRET, 1000).get(2, 5, database(2))).isEmpty();
  }

  @Test
  void a_row_that_can_change_is_not_shared_and_lives_for_a_second() {
    row(1, 5, 1, false);
    cache.get(1, 5, database(1));
    assertThat(grid.copies).isEmpty();
    row(1, 5, 2, false);
    nanos.addAndGet(Duration.ofMillis(999).toNanos());
    assertThat(versionSeenBy(cache, 5)).isEqualTo(1);
    nanos.addAndGet(Duration.ofMillis(2).toNanos());
    assertThat(versionSeenBy(cache, 5)).isEqualTo(2);
  }

  @Test
  void a_row_that_could_change_a_moment_ago_is_not_looked_for_in_the_grid() {
    row(1, 7, 1, false);
    cache.get(1, 7, database(1));
    grid.asked.clear();
    nanos.addAndGet(VersionedCache.UNSETTLED.toNanos() + 1);
    row(1, 7, 2, true);

    assertThat(cache.get(1, 7, database(1))).contains(new Thing(1, 7, 2, true));
    assertThat(grid.asked).isEmpty();
  }

  @Test
  void a_settled_row_is_shared_with_other_nodes() {
    row(1, 5, 3, true);
    cache.get(1, 5, database(1));
    VersionedCache<Thing> other = node(SECRET, 1000);
    assertThat(versionSeenBy(other, 5)).isEqualTo(3);
    assertThat(loaded).containsExactly(5L);
    assertThat(other.counters().sharedHits()).isEqualTo(1);
    nanos.addAndGet(Duration.ofSeconds(299).toNanos());
    assertThat(versionSeenBy(other, 5)).isEqualTo(3);
    assertThat(other.counters().localHits()).isEqualTo(1);
  }

  @Test
  void an_invalidation_removes_the_copy_here_and_in_the_grid() {
    row(1, 5, 3, true);
    cache.get(1, 5, database(1));
    rows.remove(5L);
    cache.invalidate(5);
    assertThat(grid.copies).isEmpty();
    assertThat(cache.get(1, 5, database(1))).isEmpty();
  }

  @Test
  void a_value_loaded_before_an_invalidation_is_not_kept_after_it() {
    row(1, 5, 1, true);
    Thing seen =
        cache
            .get(
                1,
                5,
                ids -> {
                  List<Thing> before = database(1).apply(ids);
                  row(1, 5, 2, true);
                  cache.invalidate(5);
                  return before;
                })
            .orElseThrow();
    assertThat(seen.version()).isEqualTo(1);
    assertThat(grid.copies).isEmpty();
    assertThat(versionSeenBy(cache, 5)).isEqualTo(2);
  }

  @Test
  void a_slow_reader_does_not_replace_a_newer_copy() {
    row(1, 5, 1, true);
    cache.get(
        1,
        5,
        ids -> {
          List<Thing> before = database(1).apply(ids);
          row(1, 5, 2, true);
          assertThat(versionSeenBy(cache, 5)).isEqualTo(2);
          return before;
        });
    assertThat(versionSeenBy(cache, 5)).isEqualTo(2);
  }

  @Test
  void forged_copies_are_misses() {
    row(1, 5, 3, true);
    row(1, 6, 3, true);
    cache.get(1, 5, database(1));
    cache.get(1, 6, database(1));
    byte[] honest = copyOf(5);
    for (int i = 0; i < honest.length; i++) {
      byte[] changed = honest.clone();
      changed[i] ^= 1;
      assertForged(changed);
    }
    assertForged(new byte[0]);
    assertForged(new byte[33]);
    assertForged(Arrays.copyOf(honest, honest.length - 1));
    assertForged(copyOf(6));
    byte[] otherSecret = new byte[32];
    otherSecret[0] = 1;
    assertForged(new Seal("thing", otherSecret).close(1, 5, new Thing(1, 5, 9, true).bytes()));
    assertForged(new Seal("other", SECRET).close(1, 5, new Thing(1, 5, 9, true).bytes()));
    assertForged(new Seal("thing", SECRET).close(1, 5, new Thing(1, 6, 9, true).bytes()));
    assertForged(new Seal("thing", SECRET).close(1, 5, new Thing(2, 5, 9, true).bytes()));
    assertForged(new Seal("thing", SECRET).close(1, 5, new byte[] {1, 2, 3}));
  }

  private byte[] copyOf(long id) {
    return Objects.requireNonNull(grid.copies.get("thing:" + Id.format(id)));
  }

  private void assertForged(byte[] copy) {
    grid.copies.put("thing:" + Id.format(5), copy);
    VersionedCache<Thing> other = node(SECRET, 1000);
    assertThat(versionSeenBy(other, 5)).isEqualTo(3);
    assertThat(other.counters().sharedHits()).isZero();
    assertThat(other.counters().rejected()).isEqualTo(1);
  }

  @Test
  void many_are_read_with_one_load_of_those_that_are_missing() {
    for (long id = 1; id <= 10; id++) {
      row(1, id, (int) id, id % 2 == 0);
    }
    cache.getAll(1, new long[] {1, 2, 3}, database(1));
    loaded.clear();
    List<Thing> things = cache.getAll(1, new long[] {10, 3, 99, 2, 7, 3}, database(1));
    assertThat(things).extracting(Thing::id).containsExactly(10L, 3L, 2L, 7L, 3L);
    assertThat(loaded).containsExactlyInAnyOrder(10L, 99L, 7L);
  }

  @Test
  void the_number_of_entries_is_bounded() {
    VersionedCache<Thing> small = node(SECRET, 100);
    for (long id = 1; id <= 1000; id++) {
      row(1, id, 1, true);
      small.get(1, id, database(1));
    }
    small.settle();
    assertThat(small.counters().entries()).isLessThanOrEqualTo(100);
  }

  @Test
  void ids_travel_packed() {
    long[] ids = {0, 42, Long.MAX_VALUE};
    assertThat(Caches.pack(ids)).hasSize(24);
    assertThat(Caches.unpack(Caches.pack(ids))).containsExactly(ids);
    assertThat(Caches.unpack(new byte[7])).isEmpty();
  }
}
