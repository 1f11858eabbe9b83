package io.hodei.overview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hodei.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** The overviews of this node, each at most a second old, read once for all who ask together. */
@ApplicationScoped
public class Overviews {
  private static final int REMEMBERED = 1_000;

  private final OverviewReading reading;
  private final Cache<Long, Overview> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(Duration.ofSeconds(1)).build();

  @Inject
  public Overviews(OverviewReading reading) {
    this.reading = reading;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Overviews() {
    this(null);
  }

  /** The caller's tenant. */
  public Overview of(Caller caller) {
    return known.get(caller.tenantId(), reading::read);
  }
}
