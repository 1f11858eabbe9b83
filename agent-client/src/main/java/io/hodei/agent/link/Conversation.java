package io.hodei.agent.link;

import io.hodei.agent.host.HostSampler;
import io.hodei.agent.spool.AttemptId;
import io.hodei.agent.spool.Session;
import io.hodei.agent.spool.Spool;
import io.hodei.agent.spool.SpoolCursor;
import io.hodei.agent.spool.SpooledFrame;
import io.hodei.protocol.Hwp;
import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.Goodbye;
import io.hodei.protocol.hwp.Heartbeat;
import io.hodei.protocol.hwp.Refused;
import io.hodei.protocol.hwp.ServerFrame;
import io.hodei.protocol.hwp.Usage;
import io.hodei.protocol.hwp.Welcome;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is said over one connection, from Hello to its end. One thread speaks: {@link #begin}, then
 * {@link #hold}; {@link #hear} is called by the connection.
 */
final class Conversation {
  private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

  /**
   * A node that opened the connection lives, though it may be busy: right after the loss of a node
   * the others get all agents at once. Going away would begin the same work anew. Short enough to
   * leave time for another node before the lease runs out.
   */
  private static final Duration HELLO_LIMIT = Duration.ofSeconds(4);

  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long USAGE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Quarters quarters;
  private final HostSampler sampler;
  private final Consumer<Boolean> drain;
  private final Consumer<List<String>> nodes;
  private final CompletableFuture<ServerFrame> answer = new CompletableFuture<>();
  private final AtomicLong ackedUpTo = new AtomicLong();
  private final Window window = new Window();
  private long usageAskedNanos = System.nanoTime();
  private volatile long lastSent;
  private volatile @Nullable Pulse pulse;
  private volatile @Nullable String moving;

  /**
   * @param drain called when the server wants the agent to take no new work; true: and to end
   * @param nodes called with the addresses of the other nodes when they have changed
   */
  Conversation(
      Quarters quarters,
      HostSampler sampler,
      Consumer<Boolean> drain,
      Consumer<List<String>> nodes) {
    this.quarters = quarters;
    this.sampler = sampler;
    this.drain = drain;
    this.nodes = nodes;
  }

  /** Takes one frame of the node; never blocks. */
  void hear(ServerFrame frame) {
    switch (frame.getBodyCase()) {
      case WELCOME, REFUSED -> answer.complete(frame);
      case ACK -> ackedUpTo.accumulateAndGet(frame.getAck().getUpTo(), Math::max);
      case RENEWED -> renewed(frame.getRenewed().getBeat());
      case ASSIGN -> quarters.attempts().assign(frame.getAssign().getAssignmentsList());
      case CANCEL -> quarters.attempts().cancel(frame.getCancel());
      case DROP -> quarters.attempts().drop(frame.getDrop().getAttemptsList());
      case RESEND_LOG ->
          quarters
              .attempts()
              .resend(
                  new AttemptId(frame.getResendLog().getJobId(), frame.getResendLog().getEpoch()),
                  lastSent);
      case DRAIN -> drain.accept(frame.getDrain().getExit());
      case MOVING -> moving = frame.getMoving().getReason();
      case NODES -> nodes.accept(frame.getNodes().getOtherNodesList());
      case BODY_NOT_SET -> LOG.log(Level.DEBUG, "a frame of a newer protocol was ignored");
    }
    quarters.outbox().wake();
  }

  /** Says hello and adopts the session that the node answers with. */
  Welcome begin(Connection connection, Greeting greeting)
      throws LinkFailure, RefusedException, InterruptedException {
    long sentAt = System.nanoTime();
    connection.send(greeting.hello(quarters.spool().session(), quarters.attempts()));
    ServerFrame answered = awaitAnswer(connection);
    if (answered.hasRefused()) {
      refused(answered.getRefused());
    }
    Welcome welcome = answered.getWelcome();
    adopt(welcome);
    long fence = welcome.getSelfFenceMillis();
    quarters.lease().renewed(sentAt, fence == 0 ? Hwp.SELF_FENCE : Duration.ofMillis(fence));
    quarters.keeper().beat(quarters.lease().left());
    long interval = welcome.getHeartbeatMillis();
    pulse =
        new Pulse(
            quarters.lease(),
            quarters.keeper(),
            interval == 0 ? Hwp.HEARTBEAT : Duration.ofMillis(interval));
    quarters.attempts().drop(welcome.getDropList());
    return welcome;
  }

  /**
   * Sends what there is to send until {@code stop} or until the connection is no use any more.
   *
   * @throws LinkFailure when the agent should go to another node
   */
  void hold(Connection connection, BooleanSupplier stop) throws LinkFailure, InterruptedException {
    Pulse beats = started();
    SpoolCursor cursor = quarters.spool().unacknowledged();
    while (!stop.getAsBoolean()) {
      check(connection, beats);
      acknowledge();
      if (beats.due()) {
        connection.send(heartbeat(beats));
      }
      sendUsage(connection);
      if (!sendControl(connection) && !sendDurable(connection, cursor)) {
        LockSupport.parkNanos(Math.min(IDLE_NANOS, beats.nanosToNext()));
      }
    }
  }

  void bye(Connection connection, String reason) throws LinkFailure, InterruptedException {
    connection.send(
        ClientFrame.newBuilder().setGoodbye(Goodbye.newBuilder().setReason(reason)).build());
    connection.bye();
  }

  private void renewed(long beat) {
    Pulse beats = pulse;
    if (beats != null) {
      beats.renewed(beat);
    }
  }

  private ServerFrame awaitAnswer(Connection connection) throws LinkFailure, InterruptedException {
    long until = System.nanoTime() + HELLO_LIMIT.toNanos();
    while (true) {
      try {
        return answer.get(IDLE_NANOS, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        String ended = connection.ended();
        if (ended != null) {
          throw new LinkFailure(ended);
        }
        if (System.nanoTime() - until > 0) {
          throw new LinkFailure("the node did not answer the Hello in time");
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void refused(Refused refused) throws LinkFailure, RefusedException {
    String message =
        "the node refused this agent (" + refused.getCode() + "): " + refused.getReason();
    if (refused.getCode().equals("session-expired")) {
      quarters.attempts().dropAll();
      startOver(Session.NONE);
      throw new LinkFailure(message + "; asking for a new session");
    }
    if (refused.getRetry()) {
      throw new LinkFailure(message);
    }
    throw new RefusedException(message);
  }

  private void adopt(Welcome welcome) throws LinkFailure {
    Session session = new Session(welcome.getSessionId(), welcome.getSessionSecret());
    if (!welcome.getResumed()) {
      quarters.attempts().dropAll();
      startOver(session);
      return;
    }
    try {
      quarters.spool().confirm(session);
    } catch (IOException e) {
      throw new LinkFailure("the session cannot be written down: " + e.getMessage());
    }
  }

  private void startOver(Session session) throws LinkFailure {
    try {
      quarters.spool().begin(session);
    } catch (IOException e) {
      throw new LinkFailure("the spool cannot be started anew: " + e.getMessage());
    }
  }

  private void check(Connection connection, Pulse beats) throws LinkFailure {
    String ended = connection.ended();
    if (ended != null) {
      throw new LinkFailure(ended);
    }
    String reason = moving;
    if (reason != null) {
      throw LinkFailure.moving(reason);
    }
    if (beats.silent()) {
      throw new LinkFailure("the node has renewed nothing for 3 s");
    }
  }

  private void acknowledge() throws LinkFailure {
    long upTo = ackedUpTo.get();
    Spool spool = quarters.spool();
    if (upTo <= spool.acked()) {
      return;
    }
    if (!spool.acknowledge(upTo)) {
      LOG.log(
          Level.ERROR,
          "the server has frames of this session that the spool never had: the data directory is"
              + " older than the session; starting a new one");
      quarters.attempts().dropAll();
      startOver(Session.NONE);
      throw new LinkFailure("the session does not fit the spool");
    }
    window.acknowledged(upTo, System.nanoTime());
    quarters.attempts().acknowledged(upTo);
  }

  private boolean sendControl(Connection connection) throws LinkFailure, InterruptedException {
    ClientFrame frame = quarters.outbox().poll();
    if (frame == null) {
      return false;
    }
    connection.send(frame);
    return true;
  }

  /** Pictures are fetched when they can be sent: there is never more than one of an attempt. */
  private void sendUsage(Connection connection) throws LinkFailure, InterruptedException {
    long now = System.nanoTime();
    if (now - usageAskedNanos < USAGE_NANOS) {
      return;
    }
    usageAskedNanos = now;
    FrameBatch batch = new FrameBatch();
    for (Usage usage : quarters.containers().dueUsage()) {
      if (batch.isEnough()) {
        connection.send(batch.message());
        batch = new FrameBatch();
      }
      batch.add(ClientFrame.newBuilder().setUsage(usage).build().toByteArray());
    }
    if (!batch.isEmpty()) {
      connection.send(batch.message());
    }
  }

  private boolean sendDurable(Connection connection, SpoolCursor cursor)
      throws LinkFailure, InterruptedException {
    FrameBatch batch = new FrameBatch();
    boolean flushed = false;
    while (window.open() && !batch.isEnough()) {
      SpooledFrame frame = next(cursor);
      if (frame != null) {
        window.sent(frame.number(), frame.bytes().length, System.nanoTime());
        lastSent = frame.number();
        batch.add(frame.bytes());
      } else if (batch.isEmpty() && !flushed) {
        quarters.spool().flush();
        flushed = true;
      } else {
        break;
      }
    }
    if (batch.isEmpty()) {
      return false;
    }
    connection.send(batch.message());
    return true;
  }

  private static @Nullable SpooledFrame next(SpoolCursor cursor) throws LinkFailure {
    try {
      return cursor.next();
    } catch (IOException e) {
      throw new LinkFailure("the spool cannot be read: " + e);
    }
  }

  private ClientFrame heartbeat(Pulse beats) {
    return ClientFrame.newBuilder()
        .setHeartbeat(
            Heartbeat.newBuilder()
                .setFreeSlots(quarters.attempts().freeSlots())
                .setDraining(quarters.attempts().draining())
                .setSample(
                    sampler
                        .sample()
                        .setSpoolBytes(quarters.spool().bytes())
                        .setRunning(quarters.attempts().running())
                        .setLogLines(quarters.totals().lines())
                        .setLogBytes(quarters.totals().bytes()))
                .setBeat(beats.next()))
        .build();
  }

  private Pulse started() {
    Pulse beats = pulse;
    if (beats == null) {
      throw new IllegalStateException("The conversation has not begun.");
    }
    return beats;
  }

  /** Sends the next heartbeat at once, because something in it has changed. */
  void beatSoon() {
    Pulse beats = pulse;
    if (beats != null) {
      beats.soon();
    }
  }
}
