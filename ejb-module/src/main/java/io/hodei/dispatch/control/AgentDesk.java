package io.hodei.dispatch.control;

import io.hodei.agents.boundary.AgentSessions;
import io.hodei.agents.entity.AgentIntroduction;
import io.hodei.agents.entity.SessionGrant;
import io.hodei.cluster.Membership;
import io.hodei.dispatch.boundary.AttemptIntake;
import io.hodei.dispatch.boundary.LostSessions;
import io.hodei.dispatch.entity.AgentChannel;
import io.hodei.dispatch.entity.Intake;
import io.hodei.jobs.entity.AttemptKey;
import io.hodei.protocol.Hwp;
import io.hodei.protocol.hwp.Ack;
import io.hodei.protocol.hwp.AttemptRef;
import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.Drop;
import io.hodei.protocol.hwp.Hello;
import io.hodei.protocol.hwp.Refused;
import io.hodei.protocol.hwp.ResendLog;
import io.hodei.protocol.hwp.ServerFrame;
import io.hodei.protocol.hwp.Usage;
import io.hodei.security.Caller;
import io.hodei.usage.UsageBuffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where agents arrive, report and leave. */
@ApplicationScoped
public class AgentDesk {
  private final AgentSessions sessions;
  private final AgentReconciliation reconciliation;
  private final AttemptIntake intake;
  private final LostSessions lostSessions;
  private final UsageBuffer usage;
  private final Seats seats;
  private final DispatchPump pump;
  private final Membership membership;

  @Inject
  public AgentDesk(
      AgentSessions sessions,
      AgentReconciliation reconciliation,
      AttemptIntake intake,
      LostSessions lostSessions,
      UsageBuffer usage,
      Seats seats,
      DispatchPump pump,
      Membership membership) {
    this.sessions = sessions;
    this.reconciliation = reconciliation;
    this.intake = intake;
    this.lostSessions = lostSessions;
    this.usage = usage;
    this.seats = seats;
    this.pump = pump;
    this.membership = membership;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected AgentDesk() {
    this(null, null, null, null, null, null, null, null);
  }

  /** What came of a Hello: a seat, or a refusal. */
  record Arrival(@Nullable Seat seat, Refused refused) {}

  Arrival arrive(Caller caller, Hello hello, AgentChannel channel) {
    int version = Hwp.negotiate(hello.getMinVersion(), hello.getMaxVersion());
    if (version == 0) {
      return refuse(
          "version",
          "This node speaks protocol versions %d to %d, the agent %d to %d. Upgrade the older of the two."
              .formatted(
                  Hwp.MIN_VERSION, Hwp.MAX_VERSION, hello.getMinVersion(), hello.getMaxVersion()),
          false);
    }
    String problem = Introductions.problem(hello);
    if (!problem.isEmpty()) {
      return refuse("invalid", problem, false);
    }
    AgentIntroduction agent = Introductions.read(hello);
    SessionSecret fresh = SessionSecret.random();
    SessionGrant grant =
        sessions.open(
            caller,
            agent,
            membership.number(),
            hello.getSessionId(),
            SessionSecret.hash(hello.getSessionSecret().toByteArray()),
            fresh.hash());
    return switch (grant) {
      case SessionGrant.Denied denied -> refuse(denied.code(), denied.reason(), denied.retry());
      case SessionGrant.Granted granted -> {
        Seat seat = new Seat(caller.tenantId(), agent, granted, channel);
        byte[] secret = granted.resumed() ? hello.getSessionSecret().toByteArray() : fresh.bytes();
        reconciliation.settle(seat, hello, version, secret);
        seats.add(seat);
        pump.wake();
        yield new Arrival(seat, Refused.getDefaultInstance());
      }
    };
  }

  void handle(Seat seat, List<ClientFrame> frames) {
    List<AttemptKey> started = new ArrayList<>();
    List<io.hodei.protocol.hwp.LogChunk> chunks = new ArrayList<>();
    List<io.hodei.protocol.hwp.Finished> finished = new ArrayList<>();
    long newest = 0;
    for (ClientFrame frame : frames) {
      newest = Math.max(newest, frame.getNumber());
      switch (frame.getBodyCase()) {
        case HEARTBEAT -> seat.beat(frame.getHeartbeat());
        case STARTED ->
            started.add(
                new AttemptKey(frame.getStarted().getJobId(), frame.getStarted().getEpoch()));
        case LOG -> chunks.add(frame.getLog());
        case FINISHED -> finished.add(frame.getFinished());
        case RETURNED -> reconciliation.takeReturned(seat, frame.getReturned());
        case USAGE -> show(seat, frame.getUsage());
        case GOODBYE -> goodbye(seat);
        case HELLO, BODY_NOT_SET -> {}
      }
    }
    release(seat, finished);
    if (newest > 0) {
      answer(seat, newest, intake.take(seat.sessionId(), new Intake(started, chunks, finished)));
    }
  }

  void leave(Seat seat) {
    seats.remove(seat);
  }

  /**
   * A slot is free when the agent says so: what it runs next is claimed while its report is being
   * stored. Reports are stored one batch after the other, which bounds what is open.
   */
  private void release(Seat seat, List<io.hodei.protocol.hwp.Finished> finished) {
    if (!finished.isEmpty()) {
      finished.forEach(end -> seat.held().remove(LogReports.key(end)));
      pump.wake();
    }
  }

  private void answer(Seat seat, long newest, Intake.Result result) {
    seat.held().removeAll(result.stale());
    if (!result.stale().isEmpty()) {
      seat.channel()
          .send(
              ServerFrame.newBuilder()
                  .setDrop(Drop.newBuilder().addAllAttempts(refs(result.stale())))
                  .build());
    }
    for (AttemptKey key : result.resend()) {
      seat.channel()
          .send(
              ServerFrame.newBuilder()
                  .setResendLog(ResendLog.newBuilder().setJobId(key.jobId()).setEpoch(key.epoch()))
                  .build());
    }
    seat.channel().send(ServerFrame.newBuilder().setAck(Ack.newBuilder().setUpTo(newest)).build());
    if (!result.stale().isEmpty()) {
      pump.wake();
    }
  }

  /** A picture is no report: what does not fit is left out without a word. */
  private void show(Seat seat, Usage frame) {
    if (seat.held().contains(UsageFrames.key(frame))) {
      UsageFrames.read(seat.sessionId(), frame).ifPresent(usage::offer);
    }
  }

  private void goodbye(Seat seat) {
    seats.remove(seat);
    lostSessions.end(Map.of(seat.sessionId(), 0L), "its agent has ended");
  }

  private static List<AttemptRef> refs(Collection<AttemptKey> keys) {
    return keys.stream()
        .map(key -> AttemptRef.newBuilder().setJobId(key.jobId()).setEpoch(key.epoch()).build())
        .toList();
  }

  private static Arrival refuse(String code, String reason, boolean retry) {
    return new Arrival(null, AgentConnection.refused(code, reason, retry));
  }
}
