package io.hodei.jobs.boundary;

import io.hodei.cache.CacheBounds;
import io.hodei.cache.CacheShape;
import io.hodei.cache.Caches;
import io.hodei.cache.VersionedCache;
import io.hodei.events.EventRelay;
import io.hodei.jobs.control.JobCodec;
import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobsChanged;
import io.hodei.platform.HodeiSettings;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Copies of jobs for reading, see docs/adr/0004. After each commit that changed jobs, copies go and
 * the relay wakes.
 */
@ApplicationScoped
public class JobCache {
  private static final String NAME = "job";

  private final Caches caches;
  private final EventRelay relay;
  private final Settings settings;
  private volatile @Nullable VersionedCache<Job> cache;

  @Inject
  public JobCache(Caches caches, EventRelay relay, Settings settings) {
    this.caches = caches;
    this.relay = relay;
    this.settings = settings;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected JobCache() {
    this(null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.CACHE) NodeStarting event) {
    cache =
        caches.create(
            new CacheShape<>(
                NAME,
                Job::tenantId,
                Job::id,
                Job::version,
                Job::isSettled,
                JobCodec::write,
                JobCodec::read),
            new CacheBounds(
                settings.value(HodeiSettings.CACHE_JOBS), settings.value(HodeiSettings.CACHE_TTL)));
  }

  void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobsChanged event) {
    if (event.settled()) {
      caches.invalidate(NAME, event.ids());
    } else {
      caches.invalidateUnsettled(NAME, event.ids());
    }
    relay.wake();
  }

  /** The tenant's job when this node has a copy of it; needs neither database nor transaction. */
  public Optional<Job> local(long tenantId, long id) {
    VersionedCache<Job> copies = cache;
    return copies == null ? Optional.empty() : copies.local(tenantId, id);
  }

  /**
   * The tenant's jobs of these ids, from copies where there are any; the rest comes from the
   * loader.
   */
  public List<Job> getAll(long tenantId, long[] ids, Function<long[], List<Job>> loader) {
    VersionedCache<Job> copies = cache;
    return copies == null ? loader.apply(ids) : copies.getAll(tenantId, ids, loader);
  }
}
