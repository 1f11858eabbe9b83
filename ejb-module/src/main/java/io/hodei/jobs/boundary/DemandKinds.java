package io.hodei.jobs.boundary;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hodei.jobs.control.EngineJobs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells demands that the servers meet themselves from those of agents. A demand never changes, so
 * the answer is remembered.
 */
@ApplicationScoped
public class DemandKinds {
  private final EngineJobs jobs;
  private final Cache<Long, Boolean> known = Caffeine.newBuilder().maximumSize(100_000).build();

  @Inject
  public DemandKinds(EngineJobs jobs) {
    this.jobs = jobs;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected DemandKinds() {
    this(null);
  }

  /** Those that the servers meet; asks the database for those it does not know. */
  public Set<Long> serverSide(Collection<Long> demands) {
    List<Long> unknown =
        demands.stream().filter(id -> known.getIfPresent(id) == null).distinct().toList();
    if (!unknown.isEmpty()) {
      Set<Long> found = jobs.serverSide(unknown.stream().mapToLong(Long::longValue).toArray());
      unknown.forEach(id -> known.put(id, found.contains(id)));
    }
    Set<Long> serverSide = new HashSet<>();
    for (Long id : demands) {
      if (Boolean.TRUE.equals(known.getIfPresent(id))) {
        serverSide.add(id);
      }
    }
    return serverSide;
  }

  /** Whether it may be one that the servers meet, as far as that is known; never waits. */
  public boolean mayBeServerSide(long demand) {
    return !Boolean.FALSE.equals(known.getIfPresent(demand));
  }
}
