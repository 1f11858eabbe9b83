package io.hodei.pipelines.boundary;

import io.hodei.pipelines.control.Difference;
import io.hodei.pipelines.control.PipelineRows;
import io.hodei.pipelines.entity.PipelineChange;
import io.hodei.pipelines.entity.PipelineFilter;
import io.hodei.pipelines.entity.PipelineVersion;
import io.hodei.pipelines.entity.PipelineView;
import io.hodei.platform.DomainException;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/** Reads pipelines of the caller's tenant. */
@Stateless
public class PipelineLookup {
  private final TenantDatabase databases;
  private final PipelineRows rows;

  @Inject
  public PipelineLookup(TenantDatabase databases, PipelineRows rows) {
    this.databases = databases;
    this.rows = rows;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected PipelineLookup() {
    this(null, null);
  }

  /**
   * Pipelines, newest first.
   *
   * @param before the id after which the page begins; 0 for the first
   */
  public List<PipelineView> list(Caller caller, PipelineFilter filter, long before, int limit) {
    return rows.list(databases.in(caller.tenantId()), caller.tenantId(), filter, before, limit);
  }

  /**
   * One pipeline.
   *
   * @throws DomainException NOT_FOUND
   */
  public PipelineView get(Caller caller, String name) {
    return rows.find(databases.in(caller.tenantId()), caller.tenantId(), name)
        .orElseThrow(() -> DomainException.notFound("pipeline", name));
  }

  /**
   * A version with its documents; number 0: the current one.
   *
   * @throws DomainException NOT_FOUND
   */
  public PipelineVersion version(Caller caller, String name, int number) {
    return rows.version(databases.in(caller.tenantId()), caller.tenantId(), name, number)
        .orElseThrow(
            () ->
                number == 0
                    ? DomainException.notFound("pipeline", name)
                    : DomainException.notFound("version of pipeline " + name + ":", "" + number));
  }

  /**
   * The versions of a pipeline, newest first, without their documents.
   *
   * @param before the number after which the page begins; 0 for the first
   * @throws DomainException NOT_FOUND
   */
  public List<PipelineVersion> versions(Caller caller, String name, int before, int limit) {
    get(caller, name);
    return rows.versions(databases.in(caller.tenantId()), caller.tenantId(), name, before, limit);
  }

  /**
   * What leads from one version to another; number 0: the current one.
   *
   * @throws DomainException NOT_FOUND
   */
  public List<PipelineChange> diff(Caller caller, String name, int from, int to) {
    return Difference.between(
        version(caller, name, from).canonical(), version(caller, name, to).canonical());
  }
}
