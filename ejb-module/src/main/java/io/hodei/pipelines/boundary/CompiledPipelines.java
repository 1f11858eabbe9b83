package io.hodei.pipelines.boundary;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hodei.pipelines.control.PipelineRows;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.Id;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Versions of pipelines that are ready to be executed, as many as have 200,000 steps together. A
 * version never changes, so a copy is never wrong; its key holds the tenant, so nobody gets one of
 * another.
 */
@ApplicationScoped
public class CompiledPipelines {
  private static final long MOST_STEPS = 200_000;

  private final PipelineRows rows;
  private final Cache<Key, CompiledPipeline> copies;

  @Inject
  public CompiledPipelines(PipelineRows rows) {
    this.rows = rows;
    this.copies =
        Caffeine.newBuilder()
            .maximumWeight(MOST_STEPS)
            .weigher((Key key, CompiledPipeline copy) -> copy.pipeline().steps().size() + 10)
            .build();
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  CompiledPipelines() {
    this(null);
  }

  private record Key(long tenantId, long versionId) {}

  /**
   * A version.
   *
   * @param database of the transaction that is open, of either role
   * @throws DomainException NOT_FOUND
   */
  public CompiledPipeline get(Database database, long tenantId, long versionId) {
    Key key = new Key(tenantId, versionId);
    CompiledPipeline copy = copies.getIfPresent(key);
    if (copy == null) {
      copy =
          CompiledPipeline.of(
              rows.canonical(database, tenantId, versionId)
                  .orElseThrow(
                      () ->
                          DomainException.notFound("version of a pipeline", Id.format(versionId))));
      copies.put(key, copy);
    }
    return copy;
  }
}
