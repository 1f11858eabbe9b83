package io.hodei.runs.control;

import io.hodei.jobs.entity.JobDeleted;
import io.hodei.jobs.entity.TasksEnded;
import io.hodei.pipelines.entity.PipelineDeleting;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Id;
import io.hodei.platform.TenantDatabase;
import io.hodei.runs.entity.RunsTouched;
import io.hodei.runs.entity.RunsTouched.Errand;
import io.hodei.runs.entity.RunsTouched.What;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Ends the steps of tasks in the transaction that ends their jobs. It holds the rows of the jobs;
 * so nobody may wait for a job while he holds a run.
 */
@Dependent
public class TaskEnds {
  private final StepAccounts accounts;
  private final TenantDatabase tenants;
  private final Event<RunsTouched> touched;

  @Inject
  public TaskEnds(StepAccounts accounts, TenantDatabase tenants, Event<RunsTouched> touched) {
    this.accounts = accounts;
    this.tenants = tenants;
    this.touched = touched;
  }

  void ended(@Observes TasksEnded event) {
    Database database = event.database();
    long[] runs =
        event.tasks().stream().mapToLong(TasksEnded.Task::runId).distinct().sorted().toArray();
    List<Errand> errands =
        database
            .sql(AccountSql.LOCK)
            .set("runs", runs)
            .list(row -> new Errand(What.ADVANCE, row.number("tenant_id"), row.number("id")));
    accounts.endOfJobs(
        database, event.tasks().stream().mapToLong(TasksEnded.Task::jobId).toArray());
    touched.fire(new RunsTouched(errands));
  }

  void deleting(@Observes PipelineDeleting event) {
    boolean active =
        tenants
            .in(event.tenantId())
            .sql(StartSql.NOT_ENDED)
            .set("tenant", event.tenantId())
            .set("pipeline", event.pipelineId())
            .exists();
    if (active) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "Pipeline %s has runs that have not ended. Wait for their end, or cancel them."
              .formatted(event.name()));
    }
  }

  void deleted(@Observes JobDeleted event) {
    boolean needed =
        tenants
            .in(event.tenantId())
            .sql(ControlSql.IN_ACTIVE_RUN)
            .set("tenant", event.tenantId())
            .set("job", event.jobId())
            .exists();
    if (needed) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "Job %s is a task of a run that is active. Wait for the end of the run, or cancel it."
              .formatted(Id.format(event.jobId())));
    }
  }
}
