package io.hodei.runs.control;

import io.hodei.pipelines.boundary.CompiledPipelines;
import io.hodei.pipelines.boundary.PinnedVersions;
import io.hodei.pipelines.entity.PipelineVersion;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.runs.entity.Run;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Finds versions of pipelines in the transaction that is open. */
@Dependent
public class Versions {
  private final PinnedVersions pinned;
  private final CompiledPipelines compiled;

  @Inject
  public Versions(PinnedVersions pinned, CompiledPipelines compiled) {
    this.pinned = pinned;
    this.compiled = compiled;
  }

  /** The version that a run is pinned to. */
  RunnableVersion of(Database database, HeldRun run) {
    return new RunnableVersion(
        run.pipelineId(),
        run.versionId(),
        run.version(),
        compiled.get(database, run.tenantId(), run.versionId()));
  }

  /** The version that a run is pinned to. */
  RunnableVersion of(Database database, Run run) {
    return new RunnableVersion(
        run.pipelineId(),
        run.versionId(),
        run.version(),
        compiled.get(database, run.tenantId(), run.versionId()));
  }

  /**
   * A version by its name and number.
   *
   * @param number null: the current one
   * @throws DomainException NOT_FOUND
   */
  RunnableVersion named(Database database, long tenant, String name, @Nullable Integer number) {
    PipelineVersion found =
        pinned
            .find(database, tenant, name, number == null ? 0 : number)
            .orElseThrow(
                () ->
                    number == null
                        ? DomainException.notFound("pipeline", name)
                        : DomainException.notFound(
                            "version of pipeline " + name + ":", "" + number));
    return new RunnableVersion(
        found.pipelineId(), found.id(), found.number(), compiled.get(database, tenant, found.id()));
  }
}
