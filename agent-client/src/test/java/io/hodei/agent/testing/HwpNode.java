package io.hodei.agent.testing;

import io.hodei.protocol.Hwp;
import io.hodei.protocol.hwp.Ack;
import io.hodei.protocol.hwp.Assign;
import io.hodei.protocol.hwp.Assignment;
import io.hodei.protocol.hwp.AttemptRef;
import io.hodei.protocol.hwp.Cancel;
import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.ClientFrames;
import io.hodei.protocol.hwp.Drain;
import io.hodei.protocol.hwp.Drop;
import io.hodei.protocol.hwp.Moving;
import io.hodei.protocol.hwp.Refused;
import io.hodei.protocol.hwp.Renewed;
import io.hodei.protocol.hwp.ResendLog;
import io.hodei.protocol.hwp.ServerFrame;
import io.hodei.protocol.hwp.Welcome;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One node: a listening socket on loopback that speaks HWP for a cluster. */
public final class HwpNode implements Closeable {
  public static final String TOKEN = "hod_test";

  private final HwpCluster cluster;
  private final ServerSocket listener;
  private final List<HwpNode> others = new CopyOnWriteArrayList<>();
  private volatile Optional<Refused> refusal = Optional.empty();
  private volatile boolean silent;
  private volatile Duration thinks = Duration.ZERO;
  private volatile @Nullable WebSocketPeer peer;
  public final AtomicInteger connections = new AtomicInteger();

  public HwpNode(HwpCluster cluster) throws IOException {
    this.cluster = cluster;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("node-" + listener.getLocalPort()).start(this::listen);
  }

  public String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  public void knows(HwpNode other) {
    others.add(other);
  }

  public void refuse(String code, boolean retry) {
    refusal =
        Optional.of(
            Refused.newBuilder().setCode(code).setReason("as told").setRetry(retry).build());
  }

  public void welcomeAgain() {
    refusal = Optional.empty();
  }

  /** Answers each Hello only after this time, as a busy node does. */
  public void thinksFor(Duration time) {
    thinks = time;
  }

  /** Takes in nothing and answers nothing, but keeps the connection: half-open. */
  public void goSilent() {
    silent = true;
  }

  public boolean connected() {
    return peer != null;
  }

  public void assign(Assignment... assignments) throws IOException {
    send(
        ServerFrame.newBuilder()
            .setAssign(Assign.newBuilder().addAllAssignments(List.of(assignments))));
  }

  /** With the grace of the spec. */
  public void cancel(long job, int epoch) throws IOException {
    send(ServerFrame.newBuilder().setCancel(Cancel.newBuilder().setJobId(job).setEpoch(epoch)));
  }

  public void cancel(long job, int epoch, long graceMillis) throws IOException {
    send(
        ServerFrame.newBuilder()
            .setCancel(
                Cancel.newBuilder().setJobId(job).setEpoch(epoch).setGraceMillis(graceMillis)));
  }

  public void drop(long job, int epoch) throws IOException {
    AttemptRef ref = AttemptRef.newBuilder().setJobId(job).setEpoch(epoch).build();
    send(ServerFrame.newBuilder().setDrop(Drop.newBuilder().addAttempts(ref)));
  }

  public void resendLog(long job, int epoch) throws IOException {
    send(
        ServerFrame.newBuilder()
            .setResendLog(ResendLog.newBuilder().setJobId(job).setEpoch(epoch)));
  }

  public void drain(boolean exit) throws IOException {
    send(ServerFrame.newBuilder().setDrain(Drain.newBuilder().setExit(exit)));
  }

  public void moving() throws IOException {
    send(ServerFrame.newBuilder().setMoving(Moving.newBuilder().setReason("rolling update")));
  }

  /** Acknowledges everything committed so far. */
  public void acknowledge() throws IOException {
    send(ServerFrame.newBuilder().setAck(Ack.newBuilder().setUpTo(cluster.lastNumber())));
  }

  /** Cuts the connection without a word, as a crash does. */
  public void cut() throws IOException {
    WebSocketPeer now = peer;
    if (now != null) {
      now.close();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }

  private void send(ServerFrame.Builder frame) throws IOException {
    WebSocketPeer now = peer;
    if (now == null) {
      throw new IOException("no agent is connected");
    }
    now.send(frame.build().toByteArray());
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    WebSocketPeer mine = null;
    try {
      mine = new WebSocketPeer(socket);
      if (!("Bearer " + TOKEN).equals(mine.headers.get("authorization"))) {
        mine.reject(401);
        return;
      }
      mine.accept(Hwp.SUBPROTOCOL);
      connections.incrementAndGet();
      greet(mine);
      while (true) {
        for (ClientFrame frame : ClientFrames.parseFrom(mine.read()).getFramesList()) {
          hear(frame, mine);
        }
      }
    } catch (IOException e) {
      // the connection ended: that is what tests do
    } finally {
      if (peer == mine) {
        peer = null;
      }
      closeQuietly(socket);
    }
  }

  private void greet(WebSocketPeer mine) throws IOException {
    ClientFrame hello = ClientFrames.parseFrom(mine.read()).getFrames(0);
    long until = System.nanoTime() + thinks.toNanos();
    while (System.nanoTime() - until < 0) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
    Optional<Refused> refused = refusal;
    if (refused.isPresent()) {
      mine.send(ServerFrame.newBuilder().setRefused(refused.get()).build().toByteArray());
      throw new IOException("refused");
    }
    Welcome.Builder welcome = cluster.welcome(hello.getHello()).setNode(url());
    others.forEach(other -> welcome.addOtherNodes(other.url().replace("http", "ws") + Hwp.PATH));
    mine.send(ServerFrame.newBuilder().setWelcome(welcome).build().toByteArray());
    peer = mine;
  }

  private void hear(ClientFrame frame, WebSocketPeer mine) throws IOException {
    if (silent) {
      return;
    }
    if (frame.getNumber() > 0) {
      long upTo = cluster.commit(frame);
      if (!cluster.withholdAcks) {
        mine.send(
            ServerFrame.newBuilder().setAck(Ack.newBuilder().setUpTo(upTo)).build().toByteArray());
      }
    } else if (frame.hasHeartbeat()) {
      cluster.lastHeartbeat = frame.getHeartbeat();
      if (!cluster.loseRenewals) {
        Renewed renewed = Renewed.newBuilder().setBeat(frame.getHeartbeat().getBeat()).build();
        mine.send(ServerFrame.newBuilder().setRenewed(renewed).build().toByteArray());
      }
    } else if (frame.hasUsage()) {
      cluster.show(frame.getUsage());
    } else if (frame.hasReturned()) {
      cluster.returned.add(frame.getReturned());
    } else if (frame.hasGoodbye()) {
      cluster.goodbyes.add(frame.getGoodbye().getReason());
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is closed
    }
  }
}
