package io.hodei.it.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.hodei.protocol.Hwp;
import io.hodei.protocol.Pieces;
import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.ClientFrames;
import io.hodei.protocol.hwp.Goodbye;
import io.hodei.protocol.hwp.Hello;
import io.hodei.protocol.hwp.ServerFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An agent that executes nothing and says what a test wants it to say. Lives below 10 s. */
public final class RawAgent implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<ServerFrame> heard = new LinkedBlockingQueue<>();
  private final WebSocket socket;
  private long number;
  private volatile boolean cut;

  /** Connects with a token of an agent, for jobs of one pool. */
  public RawAgent(URI node, String token, String name, String pool) {
    URI uri = URI.create("ws" + node.toString().substring(4) + Hwp.PATH);
    socket =
        client
            .newWebSocketBuilder()
            .subprotocols(Hwp.SUBPROTOCOL)
            .header("Authorization", "Bearer " + token)
            .buildAsync(uri, new Ear())
            .join();
    Hello.Builder hello =
        Hello.newBuilder()
            .setMinVersion(Hwp.MIN_VERSION)
            .setMaxVersion(Hwp.MAX_VERSION)
            .setAgentName(name)
            .setSlots(1)
            .addPools(pool)
            .addExecutors("process");
    say(ClientFrame.newBuilder().setHello(hello));
    hear(ServerFrame::hasWelcome);
  }

  /** Sends frames in one message. */
  public void say(ClientFrame.Builder... frames) {
    ClientFrames.Builder message = ClientFrames.newBuilder();
    List.of(frames).forEach(message::addFrames);
    socket.sendBinary(ByteBuffer.wrap(message.build().toByteArray()), true).join();
  }

  /** Sends a frame that the node must acknowledge, and waits until it has. */
  public void report(ClientFrame.Builder frame) {
    long mine = ++number;
    say(frame.setNumber(mine));
    hear(answer -> answer.hasAck() && answer.getAck().getUpTo() >= mine);
  }

  /** The next frame of this kind; others are passed over. */
  public ServerFrame hear(Predicate<ServerFrame> kind) {
    try {
      while (true) {
        ServerFrame frame = heard.poll(20, TimeUnit.SECONDS);
        if (frame == null) {
          throw new AssertionError("The node did not say it" + (cut ? ": the link is cut" : ""));
        }
        if (kind.test(frame)) {
          return frame;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Whether the node has closed the connection. */
  public boolean isCut() {
    return cut;
  }

  @Override
  public void close() {
    if (!cut) {
      say(ClientFrame.newBuilder().setGoodbye(Goodbye.newBuilder().setReason("done")));
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
    client.close();
  }

  private final class Ear implements WebSocket.Listener {
    private final Pieces pieces = new Pieces();

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      try {
        ServerFrame frame = pieces.add(data, last);
        if (frame != null) {
          heard.add(frame);
        }
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException(e);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      cut = true;
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      cut = true;
    }
  }
}
