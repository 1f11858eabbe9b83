package io.hodei.web.session;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down who guesses: an address has twenty wrong attempts at hand and gets a new one every
 * three seconds; right ones cost nothing. Secrets have more than 200 bits, so this protects the
 * database from look-ups and the log from noise, not the secrets. Of more addresses than are
 * remembered the one that was quiet longest is forgotten.
 */
@ApplicationScoped
public class LoginAttempts {
  static final int AT_HAND = 20;
  static final int REMEMBERED = 10_000;
  private static final long ONE_MORE_NANOS = Duration.ofSeconds(3).toNanos();

  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > REMEMBERED;
        }
      };

  public LoginAttempts() {
    this(System::nanoTime);
  }

  LoginAttempts(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Refuses an address that has no attempt at hand. */
  synchronized void refuseTooMany(String address) {
    Bucket bucket = buckets.get(address);
    if (bucket != null && bucket.at(nanos.getAsLong()).spent >= AT_HAND) {
      throw new DomainException(
          ErrorCode.TOO_MANY_REQUESTS,
          "Too many logins from this address were wrong. Wait some seconds and try again.");
    }
  }

  /** Counts a wrong attempt. */
  synchronized void wrong(String address) {
    long now = nanos.getAsLong();
    Bucket bucket = buckets.getOrDefault(address, new Bucket(now, 0)).at(now);
    buckets.put(address, new Bucket(bucket.since, bucket.spent + 1));
  }

  synchronized int size() {
    return buckets.size();
  }

  /**
   * What an address has spent.
   *
   * @param since when this was computed, but for the part of the next attempt that had passed
   */
  private record Bucket(long since, long spent) {
    Bucket at(long now) {
      long back = Math.min(spent, (now - since) / ONE_MORE_NANOS);
      return new Bucket(spent == back ? now : since + back * ONE_MORE_NANOS, spent - back);
    }
  }
}
