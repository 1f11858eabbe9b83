package io.hodei.dispatch.control;

import io.hodei.agents.entity.AgentIntroduction;
import io.hodei.agents.entity.SessionGrant;
import io.hodei.dispatch.entity.AgentChannel;
import io.hodei.jobs.entity.AttemptKey;
import io.hodei.protocol.hwp.Heartbeat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A connected agent as this node sees it: its session, what it holds, and how much more it can
 * take.
 */
final class Seat {
  private final long tenantId;
  private final AgentIntroduction agent;
  private final SessionGrant.Granted session;
  private final AgentChannel channel;
  private final Set<AttemptKey> held = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Heartbeat newest;
  private volatile long renewedBeat;
  private volatile boolean drainWanted;
  private volatile List<String> toldNodes = List.of();
  private volatile boolean closed;

  Seat(long tenantId, AgentIntroduction agent, SessionGrant.Granted session, AgentChannel channel) {
    this.tenantId = tenantId;
    this.agent = agent;
    this.session = session;
    this.channel = channel;
    this.drainWanted = session.draining();
  }

  long tenantId() {
    return tenantId;
  }

  AgentIntroduction agent() {
    return agent;
  }

  long sessionId() {
    return session.sessionId();
  }

  long agentId() {
    return session.agentId();
  }

  int generation() {
    return session.generation();
  }

  AgentChannel channel() {
    return channel;
  }

  Set<AttemptKey> held() {
    return held;
  }

  void beat(Heartbeat heartbeat) {
    newest = heartbeat;
  }

  /** The newest heartbeat if it was not renewed yet. */
  @Nullable Heartbeat unrenewed() {
    Heartbeat beat = newest;
    return beat == null || beat.getBeat() <= renewedBeat ? null : beat;
  }

  void renewed(Heartbeat beat) {
    renewedBeat = beat.getBeat();
  }

  /** Says whether administrators want it drained; answers whether that is news. */
  boolean wantDrain(boolean wanted) {
    boolean news = drainWanted != wanted;
    drainWanted = wanted;
    return news;
  }

  /** Notes which other nodes the agent is told of; answers whether that is news. */
  boolean tellNodes(List<String> urls) {
    boolean news = !toldNodes.equals(urls);
    toldNodes = urls;
    return news;
  }

  void close() {
    closed = true;
  }

  /** Slots for new work. */
  int free() {
    Heartbeat beat = newest;
    boolean draining = drainWanted || (beat != null && beat.getDraining());
    return closed || draining ? 0 : Math.max(0, agent.slots() - held.size());
  }

  /** Load between 0 and 1 as its newest sample says. */
  double load() {
    Heartbeat beat = newest;
    return beat == null ? 0 : beat.getSample().getCpuLoad();
  }
}
