package io.hodei.agent.link;

import com.google.protobuf.InvalidProtocolBufferException;
import io.hodei.protocol.Hwp;
import io.hodei.protocol.Pieces;
import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.ClientFrames;
import io.hodei.protocol.hwp.ServerFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One WebSocket to one node. One thread sends; frames arrive on threads of the HTTP client. */
final class Connection implements AutoCloseable {
  static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(2);
  private static final long SEND_LIMIT_SECONDS = 3;

  private final WebSocket socket;
  private final Inbound inbound;

  private Connection(WebSocket socket, Inbound inbound) {
    this.socket = socket;
    this.inbound = inbound;
  }

  /**
   * @param handler takes every frame of the node, in order; must not block
   * @param changed called when the connection has ended
   * @throws RefusedException when the node does not accept the token
   */
  static Connection open(
      HttpClient client, URI uri, String token, Consumer<ServerFrame> handler, Runnable changed)
      throws LinkFailure, RefusedException, InterruptedException {
    Inbound inbound = new Inbound(handler, changed);
    CompletableFuture<WebSocket> opening =
        client
            .newWebSocketBuilder()
            .connectTimeout(ATTEMPT_LIMIT)
            .subprotocols(Hwp.SUBPROTOCOL)
            .header("Authorization", "Bearer " + token)
            .buildAsync(uri, inbound);
    try {
      return new Connection(opening.get(ATTEMPT_LIMIT.toMillis(), TimeUnit.MILLISECONDS), inbound);
    } catch (TimeoutException e) {
      var unused = opening.thenAccept(WebSocket::abort);
      throw new LinkFailure("no answer within " + ATTEMPT_LIMIT.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw refusedOr(e.getCause());
    }
  }

  private static LinkFailure refusedOr(@Nullable Throwable cause) throws RefusedException {
    if (cause instanceof WebSocketHandshakeException handshake) {
      int status = handshake.getResponse().statusCode();
      if (status == 401 || status == 403) {
        throw new RefusedException(
            "the node answered " + status + ": it does not accept the token; check --token-file");
      }
      return new LinkFailure("the node answered " + status + " instead of opening a WebSocket");
    }
    return new LinkFailure(String.valueOf(cause));
  }

  /** Why the connection has ended; null while it lives. */
  @Nullable String ended() {
    return inbound.ended;
  }

  void send(ClientFrame frame) throws LinkFailure, InterruptedException {
    send(ByteBuffer.wrap(ClientFrames.newBuilder().addFrames(frame).build().toByteArray()));
  }

  /**
   * @param message serialized {@link ClientFrames}
   */
  void send(ByteBuffer message) throws LinkFailure, InterruptedException {
    CompletableFuture<WebSocket> sending = socket.sendBinary(message, true);
    if (sending.isDone() && !sending.isCompletedExceptionally()) {
      return;
    }
    try {
      sending.get(SEND_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new LinkFailure("sending failed: " + e.getCause());
    } catch (TimeoutException e) {
      throw new LinkFailure("nothing could be sent for " + SEND_LIMIT_SECONDS + " s");
    }
  }

  /** Closes it in good order, waiting a moment for what was sent to leave. */
  void bye() throws InterruptedException {
    try {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      socket.abort();
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static final class Inbound implements WebSocket.Listener {
    private final Consumer<ServerFrame> handler;
    private final Runnable changed;
    private final Pieces pieces = new Pieces();
    private volatile @Nullable String ended;

    Inbound(Consumer<ServerFrame> handler, Runnable changed) {
      this.handler = handler;
      this.changed = changed;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      try {
        ServerFrame frame = pieces.add(data, last);
        if (frame != null) {
          handler.accept(frame);
        }
      } catch (InvalidProtocolBufferException e) {
        fail(socket, "the node sent a frame " + e.getMessage());
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      end("the node closed the connection (" + code + " " + reason + ")");
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      end("the connection broke: " + error);
    }

    private void fail(WebSocket socket, String reason) {
      end(reason);
      socket.abort();
    }

    private void end(String reason) {
      ended = reason;
      changed.run();
    }
  }
}
