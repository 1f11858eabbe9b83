package io.hodei.dispatch.control;

import com.google.protobuf.InvalidProtocolBufferException;
import io.hodei.dispatch.entity.AgentChannel;
import io.hodei.dispatch.entity.AgentInbox;
import io.hodei.platform.Causes;
import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.ClientFrames;
import io.hodei.protocol.hwp.Refused;
import io.hodei.protocol.hwp.ServerFrame;
import io.hodei.security.Caller;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection of an agent. Frames arrive on the connection's thread and are handled in order, as
 * many at a time as have gathered, by one task at a time. When anything fails the connection is
 * closed: the agent comes back and sends again what was not acknowledged.
 */
public final class AgentConnection implements AgentInbox {
  private static final Logger LOG = System.getLogger(AgentConnection.class.getName());
  private static final Duration MOST_SILENCE = Duration.ofSeconds(20);
  private static final Duration MOST_STALL = Duration.ofSeconds(10);
  private static final int MOST_FRAMES = 2_000;
  private static final int MOST_BYTES = 8 << 20;

  /** An agent holds at most 8 MiB unacknowledged; one that sends four times as much is broken. */
  private static final long MOST_WAITING_BYTES = 32L << 20;

  private final Caller caller;
  private final AgentChannel channel;
  private final AgentDesk desk;
  private final Executor executor;
  private final Consumer<AgentConnection> onClose;
  private final ConcurrentLinkedQueue<ClientFrame> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicInteger wakeUps = new AtomicInteger();
  private final LongSupplier nanoTime;
  private volatile long heardAt;
  private @Nullable Seat seat;
  private volatile boolean closed;

  /** Made by {@link io.hodei.dispatch.boundary.AgentConnections}. */
  public AgentConnection(
      Caller caller,
      AgentChannel channel,
      AgentDesk desk,
      Executor executor,
      Consumer<AgentConnection> onClose,
      LongSupplier nanoTime) {
    this.caller = caller;
    this.channel = channel;
    this.desk = desk;
    this.executor = executor;
    this.onClose = onClose;
    this.nanoTime = nanoTime;
    this.heardAt = nanoTime.getAsLong();
  }

  @Override
  public void receive(byte[] message) {
    if (closed) {
      return;
    }
    heardAt = nanoTime.getAsLong();
    try {
      List<ClientFrame> frames = ClientFrames.parseFrom(message).getFramesList();
      if (waitingBytes.addAndGet(bytes(frames)) > MOST_WAITING_BYTES) {
        fail("more than " + MOST_WAITING_BYTES + " bytes wait to be handled");
        return;
      }
      inbox.addAll(frames);
      schedule();
    } catch (InvalidProtocolBufferException e) {
      fail("a message is no frame of the protocol");
    }
  }

  private static long bytes(List<ClientFrame> frames) {
    long bytes = 0;
    for (ClientFrame frame : frames) {
      bytes += frame.getSerializedSize();
    }
    return bytes;
  }

  @Override
  public void closed() {
    closed = true;
    onClose.accept(this);
    schedule();
  }

  /** Closes the connection when the agent is silent or does not read. Any thread. */
  public void cutIfDead() {
    if (nanoTime.getAsLong() - heardAt > MOST_SILENCE.toNanos()) {
      fail("nothing was heard for " + MOST_SILENCE.toSeconds() + " s");
    } else if (channel.stalled().compareTo(MOST_STALL) > 0) {
      fail("a frame could not be sent for " + MOST_STALL.toSeconds() + " s");
    }
  }

  private void schedule() {
    if (wakeUps.getAndIncrement() == 0) {
      try {
        executor.execute(this::drain);
      } catch (RejectedExecutionException e) {
        channel.close("The node has no thread left for the connection");
      }
    }
  }

  private void drain() {
    int handled;
    do {
      handled = wakeUps.get();
      try {
        handleAll();
      } catch (RuntimeException | LinkageError e) {
        LOG.log(
            Level.WARNING,
            "What agent {0} sent could not be stored; it will send it again: {1}",
            name(),
            Causes.sentence(e));
        LOG.log(Level.DEBUG, "The failure", e);
        fail("the node could not store what was sent");
      }
      if (closed) {
        leave();
      }
    } while (wakeUps.addAndGet(-handled) != 0);
  }

  private void handleAll() {
    List<ClientFrame> frames = new ArrayList<>();
    for (int bytes = 0; frames.size() < MOST_FRAMES && bytes < MOST_BYTES; ) {
      ClientFrame frame = inbox.poll();
      if (frame == null) {
        break;
      }
      int size = frame.getSerializedSize();
      bytes += size;
      waitingBytes.addAndGet(-size);
      frames.add(frame);
    }
    if (frames.isEmpty() || closed) {
      return;
    }
    if (seat == null) {
      seat = welcome(frames.removeFirst());
    }
    Seat mine = seat;
    if (mine != null) {
      desk.handle(mine, frames);
    }
    if (!inbox.isEmpty()) {
      wakeUps.incrementAndGet();
    }
  }

  private @Nullable Seat welcome(ClientFrame first) {
    if (!first.hasHello()) {
      fail("the first frame is not Hello");
      return null;
    }
    AgentDesk.Arrival arrival = desk.arrive(caller, first.getHello(), channel);
    if (arrival.seat() == null) {
      channel.send(ServerFrame.newBuilder().setRefused(arrival.refused()).build());
      closed = true;
      channel.close(arrival.refused().getCode());
    }
    return arrival.seat();
  }

  private void leave() {
    inbox.clear();
    if (seat != null) {
      desk.leave(seat);
      seat = null;
    }
  }

  private void fail(String what) {
    closed = true;
    onClose.accept(this);
    inbox.clear();
    channel.close("Closed because " + what);
    schedule();
  }

  private String name() {
    return seat == null ? caller.name() : seat.agent().name();
  }

  /** The refusal of a connection. */
  static Refused refused(String code, String reason, boolean retry) {
    return Refused.newBuilder().setCode(code).setReason(reason).setRetry(retry).build();
  }
}
