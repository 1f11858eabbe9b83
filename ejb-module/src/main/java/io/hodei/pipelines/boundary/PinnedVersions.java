package io.hodei.pipelines.boundary;

import io.hodei.pipelines.control.PipelineRows;
import io.hodei.pipelines.entity.PipelineVersion;
import io.hodei.platform.Database;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Finds versions for what is done in the transaction that is open, where one that is missing is an
 * answer and no reason to roll back.
 */
@Dependent
public class PinnedVersions {
  private final PipelineRows rows;

  @Inject
  public PinnedVersions(PipelineRows rows) {
    this.rows = rows;
  }

  /** A version; number 0: the current one. */
  public Optional<PipelineVersion> find(Database database, long tenantId, String name, int number) {
    return rows.version(database, tenantId, name, number);
  }
}
