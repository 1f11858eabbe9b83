package io.hodei.jobs.boundary;

import io.hodei.jobs.control.JobChanges;
import io.hodei.jobs.control.JobEditing;
import io.hodei.jobs.control.JobReader;
import io.hodei.jobs.entity.Cancellation;
import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobDeleted;
import io.hodei.jobs.entity.JobEdit;
import io.hodei.jobs.entity.JobFilter;
import io.hodei.jobs.entity.ReplayResult;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Id;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes jobs on behalf of people and programs. */
@Stateless
public class JobControl {
  /** Most jobs that one call cancels or replays; the caller repeats it for more. */
  public static final int MOST_AT_ONCE = 1_000;

  private final TenantDatabase databases;
  private final JobReader reader;
  private final JobChanges changes;
  private final JobEditing editing;
  private final Event<JobDeleted> deleted;

  @Inject
  public JobControl(
      TenantDatabase databases,
      JobReader reader,
      JobChanges changes,
      JobEditing editing,
      Event<JobDeleted> deleted) {
    this.databases = databases;
    this.reader = reader;
    this.changes = changes;
    this.editing = editing;
    this.deleted = deleted;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected JobControl() {
    this(null, null, null, null, null);
  }

  /**
   * Changes a job that has not started.
   *
   * @param version the version the caller has seen; null: any
   * @throws DomainException NOT_FOUND, STALE when the version is another, CONFLICT when it has
   *     started
   */
  public Job edit(Caller caller, long id, @Nullable Integer version, JobEdit edit) {
    Database database = databases.in(caller.tenantId());
    Job job = one(database, caller, id);
    checkVersion(job, version);
    editing.apply(database, caller, job, edit);
    return one(database, caller, id);
  }

  /**
   * Asks for the end of a job. What waits is CANCELLED at once; what runs when its processes are
   * gone. An ended job stays as it is. One that was asked before keeps its reason; a grace that is
   * shorter than the one before takes its place.
   */
  public Job cancel(Caller caller, long id, Cancellation how) {
    Database database = databases.in(caller.tenantId());
    one(database, caller, id);
    changes.cancelOne(database, caller, id, how);
    return one(database, caller, id);
  }

  /** Asks for the end of up to {@link #MOST_AT_ONCE} jobs; answers of how many. */
  public int cancel(Caller caller, JobFilter filter, Cancellation how) {
    return changes.cancel(databases.in(caller.tenantId()), caller, filter, how, MOST_AT_ONCE);
  }

  /**
   * Asks for the end of these jobs; answers of how many. Those that have ended stay as they are.
   */
  public int cancel(Caller caller, long[] ids, String reason) {
    return changes.cancel(databases.in(caller.tenantId()), caller, ids, reason);
  }

  /**
   * Makes a new job like an ended one; answers its id.
   *
   * @throws DomainException NOT_FOUND, CONFLICT when it has not ended
   */
  public long retry(Caller caller, long id) {
    Database database = databases.in(caller.tenantId());
    Job job = one(database, caller, id);
    if (!job.state().isTerminal()) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "Job %s is %s; only an ended job can be run again. Cancel it first, or wait for its end."
              .formatted(Id.format(id), job.state()));
    }
    return changes.again(database, caller, List.of(id)).getFirst().replayedAs();
  }

  /**
   * Makes new jobs like those that failed, timed out or expired and were not replayed yet; up to
   * {@link #MOST_AT_ONCE}.
   */
  public ReplayResult replay(Caller caller, JobFilter filter) {
    return changes.replay(databases.in(caller.tenantId()), caller, filter, MOST_AT_ONCE);
  }

  /**
   * Removes an ended job with its attempts and logs.
   *
   * @throws DomainException NOT_FOUND, STALE, CONFLICT when it has not ended
   */
  public void delete(Caller caller, long id, @Nullable Integer version) {
    Database database = databases.in(caller.tenantId());
    Job job = one(database, caller, id);
    checkVersion(job, version);
    if (!job.state().isTerminal()) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "Job %s is %s; only an ended job can be deleted. Cancel it first."
              .formatted(Id.format(id), job.state()));
    }
    changes.delete(database, caller, job);
    deleted.fire(new JobDeleted(caller.tenantId(), id));
  }

  private Job one(Database database, Caller caller, long id) {
    return reader.byIds(database, caller.tenantId(), new long[] {id}).stream()
        .findFirst()
        .orElseThrow(() -> DomainException.notFound("job", Id.format(id)));
  }

  private static void checkVersion(Job job, @Nullable Integer version) {
    if (version != null && version != job.version()) {
      throw new DomainException(
          ErrorCode.STALE,
          "Job %s has version %d now, not %d. Read it again and repeat the change."
              .formatted(Id.format(job.id()), job.version(), version));
    }
  }
}
