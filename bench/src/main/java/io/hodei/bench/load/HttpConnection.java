package io.hodei.bench.load;

import io.hodei.bench.BenchException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One kept-alive HTTP/1.1 connection to a node, for one thread at a time, which waits for each
 * answer: for what is no load. Opens itself again after the server has said that it closes.
 */
public final class HttpConnection implements AutoCloseable {
  private final Endpoint endpoint;
  private final AnswerParser parser = new AnswerParser();
  private final ByteBuffer in = ByteBuffer.allocate(16_384);
  private @Nullable Socket socket;

  public HttpConnection(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  public Answer get(String path) {
    return send(Request.get(path));
  }

  public Answer post(String path, String json) {
    return send(Request.post(path, json));
  }

  /** Sends a request and reads the whole answer. */
  public Answer send(Request request) {
    try {
      Socket open = open();
      open.getOutputStream().write(request.wire(endpoint));
      return read(open.getInputStream());
    } catch (IOException e) {
      close();
      throw new BenchException("%s got no answer: %s".formatted(request, e), e);
    }
  }

  @Override
  public void close() {
    Socket open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException alreadyGone) {
        // Nothing is lost with it.
      }
    }
  }

  private Socket open() throws IOException {
    Socket present = socket;
    if (present != null) {
      return present;
    }
    int patience = (int) endpoint.patience().toMillis();
    Socket fresh = new Socket();
    fresh.setTcpNoDelay(true);
    fresh.setSoTimeout(patience);
    fresh.connect(endpoint.address(), patience);
    socket = fresh;
    return fresh;
  }

  private Answer read(InputStream from) throws IOException {
    parser.begin();
    for (boolean complete = false; !complete; ) {
      int count = from.read(in.array());
      if (count < 0) {
        parser.end();
        complete = true;
      } else {
        complete = parser.take(in.clear().limit(count));
      }
    }
    if (parser.closes()) {
      close();
    }
    return parser.answer();
  }
}
