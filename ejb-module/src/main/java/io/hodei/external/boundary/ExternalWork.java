package io.hodei.external.boundary;

import io.hodei.agents.boundary.ServerSessions;
import io.hodei.dispatch.boundary.AttemptIntake;
import io.hodei.dispatch.entity.Intake;
import io.hodei.external.control.ExternalRows;
import io.hodei.external.control.Reports;
import io.hodei.external.entity.Done;
import io.hodei.external.entity.ExternalTask;
import io.hodei.external.entity.Found;
import io.hodei.external.entity.Outcome;
import io.hodei.external.entity.Phase;
import io.hodei.external.entity.ReadyTask;
import io.hodei.jobs.boundary.JobClaims;
import io.hodei.jobs.entity.AttemptKey;
import io.hodei.jobs.entity.LeasedJob;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a node does in the database for executions elsewhere. Each method is one transaction. */
@Stateless
public class ExternalWork {
  /** The node number of sessions that belong to no node. */
  private static final int ALL_NODES = -1;

  private final ExternalRows rows;
  private final ServerSessions sessions;
  private final JobClaims claims;
  private final AttemptIntake intake;

  @Inject
  public ExternalWork(
      ExternalRows rows, ServerSessions sessions, JobClaims claims, AttemptIntake intake) {
    this.rows = rows;
    this.sessions = sessions;
    this.claims = claims;
    this.intake = intake;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ExternalWork() {
    this(null, null, null, null);
  }

  /**
   * Takes executions that are due, and finds jobs that are ready.
   *
   * @param holder the incarnation of this node
   */
  public Found fetch(long holder, int starts, int looks) {
    return rows.fetch(holder, starts, looks);
  }

  /** Claims ready jobs for the servers; answers those that are this node's to start. */
  public List<ExternalTask> claim(long holder, List<ReadyTask> ready) {
    Map<Long, ReadyTask> byJob = new HashMap<>();
    ready.forEach(task -> byJob.put(task.jobId(), task));
    Map<Long, Long> byTenant =
        sessions.of(ready.stream().map(ReadyTask::tenantId).distinct().toList());
    List<LeasedJob> leased =
        claims.claim(
            ALL_NODES,
            ready.stream().mapToLong(ReadyTask::jobId).toArray(),
            ready.stream().mapToLong(task -> byTenant.getOrDefault(task.tenantId(), 0L)).toArray());
    if (!leased.isEmpty()) {
      rows.begin(holder, leased);
    }
    return leased.stream()
        .map(job -> begun(job, Objects.requireNonNull(byJob.get(job.id()))))
        .toList();
  }

  /**
   * Writes what came of calls for one session, as an agent's reports are written. A late word of a
   * node that lost a task changes nothing, except that a success counts while the attempt is open.
   *
   * @return what has to be given again, because its stored output was not what it is now
   */
  public List<Done> write(long session, List<Done> all) {
    Set<AttemptKey> ours = rows.stillOurs(all);
    List<Done> done =
        all.stream()
            .filter(
                each ->
                    ours.contains(each.task().attempt())
                        || (each.outcome() instanceof Outcome.Ended ended && ended.succeeded()))
            .toList();
    if (done.isEmpty()) {
      return List.of();
    }
    Intake.Result result = intake.take(session, Reports.of(done));
    Set<AttemptKey> over = new HashSet<>(result.stale());
    over.addAll(result.ended());
    List<Done> moving = new ArrayList<>();
    for (Done each : done) {
      boolean goesOn =
          each.outcome() instanceof Outcome.Running || each.outcome() instanceof Outcome.PutOff;
      if (goesOn && !each.task().held()) {
        over.add(each.task().attempt());
      } else if (goesOn && !over.contains(each.task().attempt())) {
        moving.add(each);
      }
    }
    if (!moving.isEmpty()) {
      rows.move(moving);
    }
    if (!over.isEmpty()) {
      rows.end(over);
    }
    return done.stream().filter(each -> result.resend().contains(each.task().attempt())).toList();
  }

  /** Makes executions due whose job shall end; answers those. */
  public List<AttemptKey> cancel() {
    return rows.cancel();
  }

  /** Makes executions due that a node held which is gone; answers how many. */
  public int adopt() {
    return rows.adopt();
  }

  private static ExternalTask begun(LeasedJob job, ReadyTask ready) {
    return new ExternalTask(
        job.id(),
        job.epoch(),
        job.tenantId(),
        ready.tenant(),
        job.sessionId(),
        1,
        Phase.STARTING,
        null,
        null,
        job.spec(),
        ready.pipeline(),
        true,
        false,
        Duration.ZERO);
  }
}
