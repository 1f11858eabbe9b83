package io.hodei.dispatch.boundary;

import io.hodei.dispatch.control.EndReports;
import io.hodei.dispatch.entity.Intake;
import io.hodei.jobs.boundary.JobReports;
import io.hodei.jobs.entity.AttemptKey;
import io.hodei.jobs.entity.EndReport;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes in what one agent reported, in one transaction. */
@Stateless
public class AttemptIntake {
  private final JobReports reports;

  @Inject
  public AttemptIntake(JobReports reports) {
    this.reports = reports;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected AttemptIntake() {
    this(null);
  }

  /**
   * Everything that still belongs to the session is stored when this returns; the rest is named in
   * the answer.
   */
  public Intake.Result take(long session, Intake intake) {
    Set<AttemptKey> stale = new HashSet<>();
    if (!intake.started().isEmpty()) {
      stale.addAll(reports.started(session, intake.started()));
    }
    List<EndReport> ends = intake.finished().stream().map(EndReports::read).toList();
    Set<AttemptKey> ended = new HashSet<>();
    if (!ends.isEmpty()) {
      ends.forEach(end -> ended.add(new AttemptKey(end.jobId(), end.epoch())));
      Set<AttemptKey> refused = reports.ended(session, ends);
      ended.removeAll(refused);
      stale.addAll(refused);
    }
    stale.removeAll(ended);
    return new Intake.Result(stale, ended, Set.of());
  }
}
