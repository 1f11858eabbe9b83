package io.hodei.dispatch.control;

import com.google.protobuf.ByteString;
import io.hodei.cluster.Membership;
import io.hodei.dispatch.boundary.LostSessions;
import io.hodei.jobs.boundary.JobClaims;
import io.hodei.jobs.boundary.JobReports;
import io.hodei.jobs.entity.AttemptKey;
import io.hodei.jobs.entity.HeldAttempt;
import io.hodei.jobs.entity.JobState;
import io.hodei.jobs.entity.LeasedJob;
import io.hodei.protocol.Hwp;
import io.hodei.protocol.hwp.AttemptRef;
import io.hodei.protocol.hwp.Hello;
import io.hodei.protocol.hwp.Returned;
import io.hodei.protocol.hwp.ServerFrame;
import io.hodei.protocol.hwp.Welcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes an agent that connects and the database agree on what the agent holds:
 *
 * <ul>
 *   <li>leased, unknown to the agent: the assignment got lost with its node and is sent again, with
 *       the same epoch;
 *   <li>running, unknown to the agent: the agent lost it; the attempt is lost;
 *   <li>held by the agent, not by its session: dropped by the agent.
 * </ul>
 */
@ApplicationScoped
public class AgentReconciliation {
  private final JobClaims claims;
  private final JobReports reports;
  private final LostSessions lostSessions;
  private final Membership membership;

  @Inject
  public AgentReconciliation(
      JobClaims claims, JobReports reports, LostSessions lostSessions, Membership membership) {
    this.claims = claims;
    this.reports = reports;
    this.lostSessions = lostSessions;
    this.membership = membership;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected AgentReconciliation() {
    this(null, null, null, null);
  }

  /** Sends Welcome and what the agent must know, before the seat takes part in dispatch. */
  void settle(Seat seat, Hello hello, int version, byte[] secret) {
    List<LeasedJob> stored = claims.held(seat.sessionId());
    Set<AttemptKey> current = new HashSet<>();
    stored.forEach(job -> current.add(new AttemptKey(job.id(), job.epoch())));
    Set<AttemptKey> known = new HashSet<>();
    hello.getHeldList().forEach(ref -> known.add(new AttemptKey(ref.getJobId(), ref.getEpoch())));

    List<LeasedJob> unknown =
        stored.stream()
            .filter(job -> !known.contains(new AttemptKey(job.id(), job.epoch())))
            .toList();
    List<LeasedJob> lost = unknown.stream().filter(job -> job.state() == JobState.RUNNING).toList();
    List<LeasedJob> again = unknown.stream().filter(job -> job.state() == JobState.LEASED).toList();
    if (!lost.isEmpty()) {
      lostSessions.forgotten(lost, "its agent does not know it any more");
    }
    lost.forEach(job -> current.remove(new AttemptKey(job.id(), job.epoch())));

    seat.held().addAll(current);
    seat.channel().send(welcome(seat, version, secret, known, current));
    if (!again.isEmpty()) {
      Assignments.frames(again).forEach(seat.channel()::send);
    }
  }

  void takeReturned(Seat seat, Returned returned) {
    List<HeldAttempt> attempts =
        returned.getAttemptsList().stream()
            .map(
                ref ->
                    new HeldAttempt(
                        seat.sessionId(), ref.getJobId(), ref.getEpoch(), JobState.LEASED))
            .toList();
    reports.returned(attempts, "given back by its agent");
    returned
        .getAttemptsList()
        .forEach(ref -> seat.held().remove(new AttemptKey(ref.getJobId(), ref.getEpoch())));
  }

  private ServerFrame welcome(
      Seat seat, int version, byte[] secret, Set<AttemptKey> known, Set<AttemptKey> current) {
    Welcome.Builder welcome =
        Welcome.newBuilder()
            .setVersion(version)
            .setAgentId(seat.agentId())
            .setSessionId(seat.sessionId())
            .setSessionSecret(ByteString.copyFrom(secret))
            .setResumed(seat.generation() > 1)
            .setNode("node-" + membership.number())
            .setHeartbeatMillis((int) Hwp.HEARTBEAT.toMillis())
            .setSelfFenceMillis((int) Hwp.SELF_FENCE.toMillis());
    List<String> others = membership.otherUrls();
    seat.tellNodes(others);
    welcome.addAllOtherNodes(others);
    known.stream()
        .filter(key -> !current.contains(key))
        .forEach(
            key ->
                welcome.addDrop(
                    AttemptRef.newBuilder().setJobId(key.jobId()).setEpoch(key.epoch())));
    return ServerFrame.newBuilder().setWelcome(welcome).build();
  }
}
