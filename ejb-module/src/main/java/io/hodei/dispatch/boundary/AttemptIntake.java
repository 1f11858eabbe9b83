package io.hodei.dispatch.boundary;

import io.hodei.dispatch.control.EndReports;
import io.hodei.dispatch.control.LogReports;
import io.hodei.dispatch.entity.Intake;
import io.hodei.jobs.boundary.JobReports;
import io.hodei.jobs.entity.AttemptKey;
import io.hodei.jobs.entity.EndReport;
import io.hodei.logs.LogIntake;
import io.hodei.logs.LogSealing;
import io.hodei.protocol.hwp.Finished;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes in what one agent reported, in one transaction. */
@Stateless
public class AttemptIntake {
  private final JobReports reports;
  private final LogIntake logs;
  private final LogSealing sealing;

  @Inject
  public AttemptIntake(JobReports reports, LogIntake logs, LogSealing sealing) {
    this.reports = reports;
    this.logs = logs;
    this.sealing = sealing;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected AttemptIntake() {
    this(null, null, null);
  }

  /**
   * Everything that still belongs to the session is stored when this returns; the rest is named in
   * the answer.
   */
  public Intake.Result take(long session, Intake intake) {
    Set<AttemptKey> stale = new HashSet<>();
    if (!intake.chunks().isEmpty()) {
      stale.addAll(logs.append(LogReports.pieces(session, intake.chunks())));
    }
    Set<AttemptKey> resend = seal(session, intake.finished());
    Set<AttemptKey> begun = new HashSet<>(intake.started());
    List<EndReport> ends = ends(intake.finished(), resend, begun);
    Set<AttemptKey> ended = new HashSet<>();
    ends.forEach(end -> ended.add(EndReports.key(end)));
    // An attempt whose start and end come together makes one transition, not two.
    begun.removeAll(ended);
    if (!begun.isEmpty()) {
      stale.addAll(reports.started(session, List.copyOf(begun)));
    }
    if (!ends.isEmpty()) {
      Set<AttemptKey> refused = reports.ended(session, ends);
      ended.removeAll(refused);
      stale.addAll(refused);
    }
    stale.removeAll(ended);
    return new Intake.Result(stale, ended, resend);
  }

  private static List<EndReport> ends(
      List<Finished> finished, Set<AttemptKey> resend, Set<AttemptKey> begun) {
    return finished.stream()
        .filter(end -> !resend.contains(LogReports.key(end)))
        .map(end -> EndReports.read(end, begun.contains(LogReports.key(end))))
        .toList();
  }

  /**
   * Seals the logs of attempts that wrote something and still are the session's; answers those that
   * do not agree.
   */
  private Set<AttemptKey> seal(long session, List<Finished> finished) {
    List<Finished> written = finished.stream().filter(LogReports::wroteSomething).toList();
    if (written.isEmpty()) {
      return Set.of();
    }
    Set<AttemptKey> held =
        reports.lockHeld(session, written.stream().map(LogReports::key).toList());
    return LogReports.mismatches(
        sealing.seal(
            written.stream()
                .filter(end -> held.contains(LogReports.key(end)))
                .map(LogReports::summary)
                .toList()));
  }
}
