package io.hodei.bench.cluster;

import com.google.protobuf.InvalidProtocolBufferException;
import io.hodei.bench.BenchException;
import io.hodei.protocol.Hwp;
import io.hodei.protocol.Pieces;
import io.hodei.protocol.hwp.Assignment;
import io.hodei.protocol.hwp.Cancel;
import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.ClientFrames;
import io.hodei.protocol.hwp.Finished;
import io.hodei.protocol.hwp.Goodbye;
import io.hodei.protocol.hwp.Heartbeat;
import io.hodei.protocol.hwp.Hello;
import io.hodei.protocol.hwp.Outcome;
import io.hodei.protocol.hwp.ServerFrame;
import io.hodei.protocol.hwp.Started;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells a node that its jobs run, and starts no process: for figures of a node with more running
 * jobs than one machine has room for. A cancelled job ends at once.
 */
public final class HoldingAgent implements AutoCloseable {
  private final int slots;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ScheduledExecutorService voice = Executors.newSingleThreadScheduledExecutor();
  private final CompletableFuture<Void> welcomed = new CompletableFuture<>();
  private final WebSocket socket;

  // Of the voice alone.
  private long number;
  private long beat;
  private int held;

  /** Connected and welcome when this returns. */
  public HoldingAgent(URI node, String token, String name, String pool, int slots) {
    this.slots = slots;
    socket =
        client
            .newWebSocketBuilder()
            .subprotocols(Hwp.SUBPROTOCOL)
            .header("Authorization", "Bearer " + token)
            .buildAsync(URI.create("ws" + node.toString().substring(4) + Hwp.PATH), new Ear())
            .join();
    Hello.Builder hello =
        Hello.newBuilder()
            .setMinVersion(Hwp.MIN_VERSION)
            .setMaxVersion(Hwp.MAX_VERSION)
            .setAgentName(name)
            .setSlots(slots)
            .addPools(pool)
            .addExecutors("noop");
    say(List.of(ClientFrame.newBuilder().setHello(hello).build()));
    welcomed.orTimeout(20, TimeUnit.SECONDS).join();
    long every = Hwp.HEARTBEAT.toMillis();
    var unused = voice.scheduleAtFixedRate(this::beat, 0, every, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    voice.execute(
        () ->
            say(
                List.of(
                    ClientFrame.newBuilder()
                        .setGoodbye(Goodbye.newBuilder().setReason("measured"))
                        .build())));
    voice.close();
    client.close();
  }

  private void beat() {
    Heartbeat.Builder heartbeat = Heartbeat.newBuilder().setBeat(++beat).setFreeSlots(slots - held);
    say(List.of(ClientFrame.newBuilder().setHeartbeat(heartbeat).build()));
  }

  private void hold(List<Assignment> assignments) {
    held += assignments.size();
    say(assignments.stream().map(this::started).toList());
  }

  private ClientFrame started(Assignment job) {
    return ClientFrame.newBuilder()
        .setNumber(++number)
        .setStarted(Started.newBuilder().setJobId(job.getJobId()).setEpoch(job.getEpoch()))
        .build();
  }

  private void end(Cancel job) {
    held--;
    say(
        List.of(
            ClientFrame.newBuilder()
                .setNumber(++number)
                .setFinished(
                    Finished.newBuilder()
                        .setJobId(job.getJobId())
                        .setEpoch(job.getEpoch())
                        .setOutcome(Outcome.CANCELLED)
                        .setTreeEnded(true))
                .build()));
  }

  private void say(List<ClientFrame> frames) {
    byte[] message = ClientFrames.newBuilder().addAllFrames(frames).build().toByteArray();
    socket.sendBinary(ByteBuffer.wrap(message), true).join();
  }

  private void heard(ServerFrame frame) {
    switch (frame.getBodyCase()) {
      case WELCOME -> welcomed.complete(null);
      case REFUSED ->
          welcomed.completeExceptionally(
              new BenchException("Refused: " + frame.getRefused().getReason()));
      case ASSIGN -> voice.execute(() -> hold(frame.getAssign().getAssignmentsList()));
      case CANCEL -> voice.execute(() -> end(frame.getCancel()));
      default -> {}
    }
  }

  private final class Ear implements WebSocket.Listener {
    private final Pieces pieces = new Pieces();

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      try {
        ServerFrame frame = pieces.add(data, last);
        if (frame != null) {
          heard(frame);
        }
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException(e);
      }
      from.request(1);
      return null;
    }
  }
}
