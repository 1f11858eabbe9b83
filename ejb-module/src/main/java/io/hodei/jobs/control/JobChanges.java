package io.hodei.jobs.control;

import io.hodei.jobs.entity.CancelRequested;
import io.hodei.jobs.entity.Cancellation;
import io.hodei.jobs.entity.HeldAttempt;
import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobFilter;
import io.hodei.jobs.entity.JobState;
import io.hodei.jobs.entity.JobsChanged;
import io.hodei.jobs.entity.JobsReady;
import io.hodei.jobs.entity.ReplayResult;
import io.hodei.jobs.entity.Ticket;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Id;
import io.hodei.platform.Ids;
import io.hodei.security.Caller;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs the statements that change jobs on request, and tells the rest of the node. */
@Dependent
public class JobChanges {
  private final Ids ids;
  private final Event<JobsReady> ready;
  private final Event<JobsChanged> changed;
  private final Event<CancelRequested> cancelRequested;
  private final EndedTasks tasks;

  @Inject
  public JobChanges(
      Ids ids,
      Event<JobsReady> ready,
      Event<JobsChanged> changed,
      Event<CancelRequested> cancelRequested,
      EndedTasks tasks) {
    this.ids = ids;
    this.ready = ready;
    this.changed = changed;
    this.cancelRequested = cancelRequested;
    this.tasks = tasks;
  }

  public void cancelOne(Database database, Caller caller, long id, Cancellation how) {
    cancel(database, caller, FilterSql.ofJobs(id), how, 1);
  }

  /** Answers how many of these jobs ended or were asked to. */
  public int cancel(Database database, Caller caller, long[] ids, String reason) {
    return ids.length == 0
        ? 0
        : cancel(database, caller, FilterSql.ofJobs(ids), Cancellation.because(reason), ids.length);
  }

  /** Answers how many jobs ended or were asked to. */
  public int cancel(
      Database database, Caller caller, JobFilter filter, Cancellation how, int limit) {
    return cancel(database, caller, FilterSql.of(filter), how, limit);
  }

  private int cancel(
      Database database, Caller caller, FilterSql filter, Cancellation how, int limit) {
    String reason = how.reason();
    Duration grace = how.grace();
    EndedTasks.Batch ended = tasks.batch();
    List<HeldAttempt> attempts =
        filter
            .bind(database.sql(ControlSql.cancel(filter)), caller.tenantId())
            .set(
                "reason",
                reason == null || reason.isBlank() ? "cancelled by " + caller.name() : reason)
            .set("grace", grace == null ? -1 : Math.toIntExact(grace.toMillis()))
            .set("limit", limit)
            .list(
                row -> {
                  ended.add(row);
                  return new HeldAttempt(
                      row.number("session_id"),
                      row.number("id"),
                      row.integer("epoch"),
                      JobState.valueOf(row.text("state")),
                      EngineJobs.grace(row));
                });
    ended.tell(database);
    List<HeldAttempt> held = attempts.stream().filter(attempt -> attempt.sessionId() != 0).toList();
    if (!held.isEmpty()) {
      cancelRequested.fire(new CancelRequested(held));
    }
    changed.fire(JobsChanged.moved(attempts.stream().mapToLong(HeldAttempt::jobId).toArray()));
    return attempts.size();
  }

  public ReplayResult replay(Database database, Caller caller, JobFilter filter, int limit) {
    FilterSql condition = FilterSql.of(filter);
    List<Long> found =
        condition
            .bind(database.sql(ControlSql.deadLetters(condition)), caller.tenantId())
            .set("limit", limit + 1)
            .list(row -> row.number("id"));
    boolean more = found.size() > limit;
    return new ReplayResult(again(database, caller, more ? found.subList(0, limit) : found), more);
  }

  /** Makes a job like each of these ended ones. */
  public List<ReplayResult.Replayed> again(Database database, Caller caller, List<Long> olds) {
    List<Ticket> tickets = new ArrayList<>();
    List<ReplayResult.Replayed> replayed =
        database
            .sql(ControlSql.AGAIN)
            .set("tenant", caller.tenantId())
            .set("creator", caller.tokenId())
            .set("olds", olds.stream().mapToLong(Long::longValue).toArray())
            .set("news", ids.next(olds.size()))
            .list(
                row -> {
                  tickets.add(
                      new Ticket(row.number("id"), row.number("demand_id"), row.integer("level")));
                  return new ReplayResult.Replayed(row.number("old"), row.number("id"));
                });
    if (!tickets.isEmpty()) {
      ready.fire(new JobsReady(tickets));
    }
    changed.fire(JobsChanged.settled(olds.stream().mapToLong(Long::longValue).toArray()));
    return replayed;
  }

  /**
   * Removes the job's rows.
   *
   * @throws DomainException CONFLICT when it changed in between
   */
  public void delete(Database database, Caller caller, Job job) {
    boolean gone =
        database
            .sql(ControlSql.DELETE)
            .set("tenant", caller.tenantId())
            .set("id", job.id())
            .set("version", job.version())
            .exists();
    if (!gone) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "Job %s changed while it was deleted. Try again.".formatted(Id.format(job.id())));
    }
    changed.fire(JobsChanged.settled(job.id()));
  }
}
