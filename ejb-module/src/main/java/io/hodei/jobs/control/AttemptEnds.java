package io.hodei.jobs.control;

import io.hodei.jobs.control.EngineJobs.Moved;
import io.hodei.jobs.entity.AttemptKey;
import io.hodei.jobs.entity.EndReport;
import io.hodei.jobs.entity.HeldAttempt;
import io.hodei.jobs.entity.JobState;
import io.hodei.jobs.entity.JobsChanged;
import io.hodei.jobs.entity.JobsReady;
import io.hodei.jobs.entity.RetryPolicy;
import io.hodei.jobs.entity.Ticket;
import io.hodei.platform.HodeiSettings;
import io.hodei.platform.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Decides what becomes of jobs whose attempts ended, writes it, and tells the rest of the node. */
@Dependent
public class AttemptEnds {
  private static final EndDecision.Facts NO_FACTS =
      new EndDecision.Facts(0, 0, false, false, RetryPolicy.NONE);

  private final EngineJobs jobs;
  private final Settings settings;
  private final Event<JobsReady> ready;
  private final Event<JobsChanged> changed;

  @Inject
  public AttemptEnds(
      EngineJobs jobs, Settings settings, Event<JobsReady> ready, Event<JobsChanged> changed) {
    this.jobs = jobs;
    this.settings = settings;
    this.ready = ready;
    this.changed = changed;
  }

  public List<Moved> apply(long session, List<EndReport> reports) {
    int maxLosses = settings.value(HodeiSettings.JOBS_MAX_LOSSES);
    Map<AttemptKey, EndDecision.Facts> facts =
        jobs.facts(session, reports.stream().filter(report -> !report.succeeded()).toList());
    List<EndDecision> decisions =
        reports.stream()
            .map(
                report ->
                    EndDecision.of(
                        report,
                        facts.getOrDefault(
                            new AttemptKey(report.jobId(), report.epoch()), NO_FACTS),
                        maxLosses,
                        ThreadLocalRandom.current().nextDouble()))
            .toList();
    return tell(jobs.ended(session, reports, decisions));
  }

  public List<AttemptKey> takeBack(List<HeldAttempt> held, String attempt, String reason) {
    return tell(
            jobs.takenBack(held, attempt, reason, settings.value(HodeiSettings.JOBS_MAX_LOSSES)))
        .stream()
        .map(Moved::key)
        .toList();
  }

  private List<Moved> tell(List<Moved> moved) {
    if (moved.isEmpty()) {
      return moved;
    }
    List<Ticket> tickets =
        moved.stream().filter(job -> job.state() == JobState.QUEUED).map(Moved::ticket).toList();
    if (!tickets.isEmpty()) {
      ready.fire(new JobsReady(tickets));
    }
    changed.fire(JobsChanged.moved(moved.stream().mapToLong(job -> job.key().jobId()).toArray()));
    return moved;
  }
}
