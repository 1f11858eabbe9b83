package io.hodei.jobs.boundary;

import io.hodei.jobs.control.JobRows;
import io.hodei.jobs.entity.JobSpec;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** Reads stored specs for features that join them to their own rows. */
@Dependent
public class JobSpecs {
  private final JobRows rows;

  @Inject
  public JobSpecs(JobRows rows) {
    this.rows = rows;
  }

  /** The spec of this id, from memory or from its document. */
  public JobSpec of(long id, String document) {
    return rows.spec(id, document);
  }
}
