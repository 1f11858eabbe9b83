package io.hodei.dispatch.boundary;

import io.hodei.agents.boundary.SessionEnds;
import io.hodei.jobs.boundary.JobClaims;
import io.hodei.jobs.boundary.JobReports;
import io.hodei.jobs.entity.AttemptKey;
import io.hodei.jobs.entity.HeldAttempt;
import io.hodei.jobs.entity.LeasedJob;
import io.hodei.logs.LogSealing;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Ends sessions together with what they hold: both or nothing. */
@Stateless
public class LostSessions {
  private final SessionEnds sessions;
  private final JobClaims claims;
  private final JobReports reports;
  private final LogSealing sealing;

  @Inject
  public LostSessions(
      SessionEnds sessions, JobClaims claims, JobReports reports, LogSealing sealing) {
    this.sessions = sessions;
    this.claims = claims;
    this.reports = reports;
    this.sealing = sealing;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected LostSessions() {
    this(null, null, null, null);
  }

  /**
   * Ends the sessions whose renewal time is still the given one (0: in any case); answers how many
   * attempts were taken from them.
   */
  public int end(Map<Long, Long> renewals, String reason) {
    long[] ended = sessions.end(renewals, reason);
    return ended.length == 0 ? 0 : takeBack(claims.held(ended), reason).size();
  }

  /** Takes attempts from a live session whose agent does not know them any more. */
  public void forgotten(List<LeasedJob> held, String reason) {
    takeBack(held, reason);
  }

  private List<AttemptKey> takeBack(List<LeasedJob> held, String reason) {
    List<HeldAttempt> attempts =
        held.stream()
            .map(job -> new HeldAttempt(job.sessionId(), job.id(), job.epoch(), job.state()))
            .toList();
    List<AttemptKey> taken = reports.lost(attempts, reason);
    sealing.markTruncated(taken);
    return taken;
  }
}
