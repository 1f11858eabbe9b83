package io.hodei.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hodei.security.control.TokenSecret;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Whom secrets belong to, by their hashes, for a short time: a revocation, an expiry and a disabled
 * tenant hold on every node soon. Unknown secrets are remembered as well, for a second; of both
 * only so many.
 */
final class SecretFindings<V> {
  private static final int REMEMBERED = 10_000;

  private final Predicate<String> wellFormed;
  private final AtomicLong forgotten = new AtomicLong();
  private final Cache<ByteBuffer, V> known;
  private final Cache<ByteBuffer, Boolean> unknown =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(Duration.ofSeconds(1)).build();

  /**
   * @param wellFormed whether a text can be a secret; what cannot costs no look-up
   */
  SecretFindings(Predicate<String> wellFormed, Duration valid) {
    this.wellFormed = wellFormed;
    this.known = Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(valid).build();
  }

  /** What was found for the secret a moment ago; needs no database. */
  Optional<V> remembered(String secret) {
    return wellFormed.test(secret)
        ? Optional.ofNullable(known.getIfPresent(ByteBuffer.wrap(TokenSecret.sha256(secret))))
        : Optional.empty();
  }

  /** What belongs to the secret. Requests that arrive together wait for one look-up. */
  Optional<V> find(String secret, Function<byte[], Optional<V>> lookUp) {
    if (!wellFormed.test(secret)) {
      return Optional.empty();
    }
    byte[] hash = TokenSecret.sha256(secret);
    ByteBuffer key = ByteBuffer.wrap(hash);
    if (unknown.getIfPresent(key) != null) {
      return Optional.empty();
    }
    long before = forgotten.get();
    V found = known.get(key, missing -> lookUp.apply(hash).orElse(null));
    if (found == null) {
      unknown.put(key, true);
    } else if (forgotten.get() != before) {
      // It may have been read before the revocation that was heard of meanwhile.
      known.invalidate(key);
    }
    return Optional.ofNullable(found);
  }

  /** Looks again for those. */
  void forget(Predicate<V> those) {
    forgotten.incrementAndGet();
    known.asMap().values().removeIf(those);
  }
}
