package io.hodei.cache;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * What a cache must know about its values.
 *
 * @param name of the cache and of its map in the grid, for example {@code job}
 * @param settled whether the row can never change again; only then the grid gets a copy
 * @param encode the value as bytes, with the owner's own format version
 * @param decode the value of such bytes; throws when it cannot read them
 */
public record CacheShape<V>(
    String name,
    ToLongFunction<V> tenantId,
    ToLongFunction<V> id,
    ToIntFunction<V> version,
    Predicate<V> settled,
    Function<V, byte[]> encode,
    Function<byte[], V> decode) {}
