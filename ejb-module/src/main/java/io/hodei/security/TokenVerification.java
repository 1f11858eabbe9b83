package io.hodei.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hodei.security.control.SecurityRepository;
import io.hodei.security.control.TokenSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says who comes with a token. Looks it up by its hash, and again after three seconds at the
 * latest, and at once when {@link #forget} says that something was revoked; so a revocation, an
 * expiry and a disabled tenant hold on every node soon. What is no token at all costs no look-up;
 * unknown ones are remembered for a second, and only so many.
 */
@ApplicationScoped
public class TokenVerification {
  private static final int REMEMBERED = 10_000;

  private final SecurityRepository repository;
  private final AtomicLong forgotten = new AtomicLong();
  private final Cache<ByteBuffer, Caller> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(Duration.ofSeconds(3)).build();
  private final Cache<ByteBuffer, Boolean> unknown =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(Duration.ofSeconds(1)).build();

  @Inject
  public TokenVerification(SecurityRepository repository) {
    this.repository = repository;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected TokenVerification() {
    this(null);
  }

  /**
   * The principal of a token; empty when it is unknown, revoked, expired or its tenant is disabled.
   *
   * @throws io.hodei.platform.DatabaseFailure when it cannot be looked up now
   */
  public Optional<Caller> verify(String bearer) {
    if (!TokenSecret.isWellFormed(bearer)) {
      return Optional.empty();
    }
    byte[] hash = TokenSecret.sha256(bearer);
    ByteBuffer key = ByteBuffer.wrap(hash);
    Caller cached = known.getIfPresent(key);
    if (cached != null) {
      return Optional.of(cached);
    }
    return unknown.getIfPresent(key) == null ? lookUp(key, hash) : Optional.empty();
  }

  /** Looks again for all tokens of a tenant. */
  public void forget(long tenantId) {
    forgotten.incrementAndGet();
    known.asMap().values().removeIf(caller -> caller.tenantId() == tenantId);
  }

  /** Requests that arrive together with the same token wait for one look-up. */
  private Optional<Caller> lookUp(ByteBuffer key, byte[] hash) {
    long before = forgotten.get();
    Caller caller = known.get(key, missing -> repository.callerOf(hash).orElse(null));
    if (caller == null) {
      unknown.put(key, true);
    } else if (forgotten.get() != before) {
      // It may have been read before the revocation that was heard of meanwhile.
      known.invalidate(key);
    }
    return Optional.ofNullable(caller);
  }
}
