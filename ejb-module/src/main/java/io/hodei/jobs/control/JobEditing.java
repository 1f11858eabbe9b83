package io.hodei.jobs.control;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobEdit;
import io.hodei.jobs.entity.JobSpec;
import io.hodei.jobs.entity.JobState;
import io.hodei.jobs.entity.JobsChanged;
import io.hodei.jobs.entity.JobsReady;
import io.hodei.jobs.entity.Ticket;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.FlatJson;
import io.hodei.platform.Id;
import io.hodei.security.Caller;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies an edit to a job that has not started, when it is still the version that was read. */
@Dependent
public class JobEditing {
  private final SharedContent shared;
  private final Event<JobsReady> ready;
  private final Event<JobsChanged> changed;

  @Inject
  public JobEditing(SharedContent shared, Event<JobsReady> ready, Event<JobsChanged> changed) {
    this.shared = shared;
    this.ready = ready;
    this.changed = changed;
  }

  private static void refuseDraining(Database database, Caller caller, @Nullable String newPool) {
    if (newPool != null
        && database
            .sql(ControlSql.DRAINING)
            .set("tenant", caller.tenantId())
            .set("pool", newPool)
            .exists()) {
      throw NewJobRows.draining(newPool);
    }
  }

  /**
   * Writes the changed row.
   *
   * @throws DomainException CONFLICT when the job has started or changed meanwhile
   */
  public void apply(Database database, Caller caller, Job job, JobEdit edit) {
    refuseDraining(database, caller, edit.pool());
    JobSpec spec = edited(job.spec(), edit);
    String document = SpecDocument.write(spec);
    Demand demand =
        new Demand(requireNonNullElse(edit.pool(), job.pool()), spec.executor(), job.requires());
    Map<String, String> labels = requireNonNullElse(edit.labels(), job.labels());
    Instant at = edit.availableAt();
    var row =
        database
            .sql(ControlSql.EDIT)
            .set("tenant", caller.tenantId())
            .set("id", job.id())
            .set("version", job.version())
            .set("name", requireNonNullElse(edit.name(), job.name()))
            .set("level", requireNonNullElse(edit.priority(), job.priority()).code())
            .set("labels", FlatJson.write(labels))
            .set("available", at == null ? 0L : ChronoUnit.MICROS.between(Instant.EPOCH, at))
            .set(
                "spec",
                requireNonNull(
                    shared.specs(database, caller.tenantId(), List.of(document)).get(document)))
            .set(
                "demand",
                requireNonNull(
                    shared.demands(database, caller.tenantId(), List.of(demand)).get(demand)))
            .set("wait", SpecDocument.micros(spec.timeouts().queued()))
            .set("total", SpecDocument.micros(spec.timeouts().total()))
            .first(
                result ->
                    Map.entry(
                        JobState.valueOf(result.text("state")),
                        new Ticket(
                            result.number("id"),
                            result.number("demand_id"),
                            result.integer("level"))))
            .orElseThrow(() -> started(job));
    if (edit.labels() != null) {
      replaceLabels(database, caller, job.id(), labels);
    }
    if (row.getKey() == JobState.QUEUED) {
      ready.fire(new JobsReady(List.of(row.getValue())));
    }
    changed.fire(JobsChanged.moved(job.id()));
  }

  private static DomainException started(Job job) {
    return new DomainException(
        ErrorCode.CONFLICT,
        "Job %s is %s or changed meanwhile; only a job that has not started can be edited. Cancel it and submit a new one."
            .formatted(Id.format(job.id()), job.state()));
  }

  private static JobSpec edited(JobSpec spec, JobEdit edit) {
    return new JobSpec(
        spec.executor(),
        spec.command(),
        spec.shell(),
        spec.environment(),
        spec.stdin(),
        spec.workingDirectory(),
        spec.image(),
        spec.killGrace(),
        requireNonNullElse(edit.timeouts(), spec.timeouts()),
        requireNonNullElse(edit.retry(), spec.retry()),
        spec.logLimitBytes(),
        spec.external());
  }

  private static void replaceLabels(
      Database database, Caller caller, long id, Map<String, String> labels) {
    database.sql(ControlSql.DELETE_LABELS).set("tenant", caller.tenantId()).set("id", id).update();
    long[] owners = new long[labels.size()];
    java.util.Arrays.fill(owners, id);
    List<Map.Entry<String, String>> entries = List.copyOf(labels.entrySet());
    database
        .sql(SubmitSql.INSERT_LABELS)
        .set("tenant", caller.tenantId())
        .set("jobs", owners)
        .set("keys", entries.stream().map(Map.Entry::getKey).toArray(String[]::new))
        .set("values", entries.stream().map(Map.Entry::getValue).toArray(String[]::new))
        .update();
  }
}
