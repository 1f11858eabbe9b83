package io.hodei.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hodei.security.control.SessionRepository;
import io.hodei.security.control.SessionSecret;
import io.hodei.security.control.TokenSecret;
import io.hodei.security.entity.ConsoleSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says whose login a secret is. Looks it up by its hash, and again after a second at the latest; at
 * once when {@link #forget} says that something was revoked.
 */
@ApplicationScoped
public class SessionVerification {
  private static final int REMEMBERED = 10_000;
  private static final Duration VALID = Duration.ofSeconds(1);

  private final SessionRepository repository;
  private final AtomicLong forgotten = new AtomicLong();
  private final Cache<ByteBuffer, ConsoleSession> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(VALID).build();
  private final Cache<ByteBuffer, Boolean> unknown =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(VALID).build();

  @Inject
  public SessionVerification(SessionRepository repository) {
    this.repository = repository;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected SessionVerification() {
    this(null);
  }

  /**
   * The login of a secret; empty when it is unknown, ended, too old or too long unused, its token
   * is revoked or expired, or its tenant is disabled.
   *
   * @throws io.hodei.platform.DatabaseFailure when it cannot be looked up now
   */
  public Optional<ConsoleSession> verify(String secret) {
    if (!SessionSecret.isWellFormed(secret)) {
      return Optional.empty();
    }
    byte[] hash = TokenSecret.sha256(secret);
    ByteBuffer key = ByteBuffer.wrap(hash);
    ConsoleSession cached = known.getIfPresent(key);
    if (cached != null) {
      return Optional.of(cached);
    }
    return unknown.getIfPresent(key) == null ? lookUp(key, hash) : Optional.empty();
  }

  /** Looks again for all logins of a tenant. */
  public void forget(long tenantId) {
    forgotten.incrementAndGet();
    known.asMap().values().removeIf(session -> session.caller().tenantId() == tenantId);
  }

  private Optional<ConsoleSession> lookUp(ByteBuffer key, byte[] hash) {
    long before = forgotten.get();
    ConsoleSession session = known.get(key, missing -> repository.find(hash).orElse(null));
    if (session == null) {
      unknown.put(key, true);
    } else if (forgotten.get() != before) {
      // It may have been read before the revocation that was heard of meanwhile.
      known.invalidate(key);
    }
    return Optional.ofNullable(session);
  }
}
