package io.hodei.dispatch.control;

import io.hodei.agents.boundary.AgentSessions;
import io.hodei.agents.boundary.AgentSessions.Renewal;
import io.hodei.cluster.Membership;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import io.hodei.protocol.hwp.Drain;
import io.hodei.protocol.hwp.Heartbeat;
import io.hodei.protocol.hwp.Nodes;
import io.hodei.protocol.hwp.Renewed;
import io.hodei.protocol.hwp.ServerFrame;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renews the sessions of all agents that sent a heartbeat since the last round, with one statement,
 * and tells each agent only after the commit. A session that is not this node's any more loses its
 * connection.
 */
@ApplicationScoped
public class SessionRenewal {
  private static final Duration EVERY = Duration.ofMillis(500);

  private final Seats seats;
  private final AgentSessions sessions;
  private final Membership membership;
  private final DispatchPump pump;
  private final ManagedThreadFactory threads;
  private @Nullable Loop loop;

  @Inject
  public SessionRenewal(
      Seats seats,
      AgentSessions sessions,
      Membership membership,
      DispatchPump pump,
      ManagedThreadFactory threads) {
    this.seats = seats;
    this.sessions = sessions;
    this.membership = membership;
    this.pump = pump;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected SessionRenewal() {
    this(null, null, null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.DISPATCH) NodeStarting event) {
    loop = new Loop("session-renewal", EVERY, threads, this::renew);
  }

  void stop(@Observes @Priority(NodeStopping.AGENTS) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
  }

  private void renew() {
    Map<Seat, Heartbeat> beats = new HashMap<>();
    for (Seat seat : seats.all()) {
      Heartbeat beat = seat.unrenewed();
      if (beat != null) {
        beats.put(seat, beat);
      }
    }
    if (beats.isEmpty()) {
      return;
    }
    Map<Long, Integer> generations = new HashMap<>();
    Map<Long, String> samples = new HashMap<>();
    beats.forEach(
        (seat, beat) -> {
          generations.put(seat.sessionId(), seat.generation());
          samples.put(seat.agentId(), SampleJson.write(beat));
        });
    List<Renewal> renewed = sessions.renew(membership.number(), generations);
    Map<Long, Renewal> bySession = new HashMap<>();
    renewed.forEach(renewal -> bySession.put(renewal.sessionId(), renewal));
    beats.forEach((seat, beat) -> tell(seat, beat, bySession.get(seat.sessionId())));
    sessions.keepSamples(samples);
  }

  private void tell(Seat seat, Heartbeat beat, @Nullable Renewal renewal) {
    if (renewal == null || renewal.disabled()) {
      seats.remove(seat);
      seat.channel()
          .close(
              renewal == null
                  ? "The session has ended or is on another node"
                  : "The agent is disabled");
      return;
    }
    seat.renewed(beat);
    seat.channel()
        .send(
            ServerFrame.newBuilder()
                .setRenewed(Renewed.newBuilder().setBeat(beat.getBeat()))
                .build());
    List<String> others = membership.otherUrls();
    if (seat.tellNodes(others)) {
      seat.channel()
          .send(
              ServerFrame.newBuilder()
                  .setNodes(Nodes.newBuilder().addAllOtherNodes(others))
                  .build());
    }
    if (seat.wantDrain(renewal.draining())) {
      if (renewal.draining()) {
        seat.channel().send(ServerFrame.newBuilder().setDrain(Drain.getDefaultInstance()).build());
      } else {
        pump.wake();
      }
    }
  }
}
