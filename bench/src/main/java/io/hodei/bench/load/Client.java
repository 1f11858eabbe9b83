package io.hodei.bench.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One kept-alive connection of a load. Waits for nothing: it goes on when its selector says so.
 * Opens itself again after the server has closed it.
 */
final class Client {
  private final Endpoint endpoint;
  private final Selector selector;
  private final AnswerParser parser = new AnswerParser();
  private @Nullable SocketChannel channel;
  private ByteBuffer out = ByteBuffer.allocate(0);

  Client(Endpoint endpoint, Selector selector) {
    this.endpoint = endpoint;
    this.selector = selector;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  void send(Request request) throws IOException {
    parser.begin();
    out = ByteBuffer.wrap(request.wire(endpoint));
    SocketChannel open = channel;
    if (open == null) {
      open();
    } else {
      write(open);
    }
  }

  /** Goes on where the channel is ready; the answer when it is complete with that. */
  @Nullable Answer goOn(SelectionKey key, ByteBuffer in) throws IOException {
    SocketChannel open = (SocketChannel) key.channel();
    if (key.isConnectable()) {
      open.finishConnect();
    }
    if (key.isConnectable() || key.isWritable()) {
      write(open);
    }
    return key.isReadable() ? read(open, in) : null;
  }

  void close() {
    SocketChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException alreadyGone) {
        // Nothing is lost with it.
      }
    }
  }

  private void open() throws IOException {
    SocketChannel fresh = SocketChannel.open();
    channel = fresh;
    fresh.configureBlocking(false);
    fresh.setOption(StandardSocketOptions.TCP_NODELAY, true);
    fresh.register(selector, SelectionKey.OP_CONNECT, this);
    if (fresh.connect(endpoint.address())) {
      write(fresh);
    }
  }

  private void write(SocketChannel open) throws IOException {
    open.write(out);
    boolean more = out.hasRemaining();
    int wanted = more ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    open.keyFor(selector).interestOps(wanted);
  }

  private @Nullable Answer read(SocketChannel open, ByteBuffer in) throws IOException {
    int count = open.read(in.clear());
    if (count < 0) {
      parser.end();
    } else if (!parser.take(in.flip())) {
      return null;
    }
    // A server that has answered before it has read the whole request does not read the next one.
    if (parser.closes() || out.hasRemaining()) {
      close();
    }
    return parser.answer();
  }
}
