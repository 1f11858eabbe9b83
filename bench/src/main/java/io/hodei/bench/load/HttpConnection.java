package io.hodei.bench.load;

import io.hodei.bench.BenchException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One kept-alive HTTP/1.1 connection to a node, for one thread at a time. Opens itself again after
 * the server has said that it closes. Knows just what our server sends: lengths and chunks.
 */
public final class HttpConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 120_000;

  private final URI node;
  private final String fixedHeaders;
  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();

  public HttpConnection(URI node, String token) {
    this.node = node;
    this.fixedHeaders =
        "Host: %s:%d\r\nAuthorization: Bearer %s\r\nAccept: application/json\r\n"
            .formatted(node.getHost(), node.getPort(), token);
  }

  public Answer get(String path) {
    return send("GET", path, "", new byte[0]);
  }

  public Answer post(String path, String json) {
    return send("POST", path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a request and reads the whole answer. */
  public Answer send(String method, String path, String contentType, byte[] body) {
    try {
      Socket open = open();
      open.getOutputStream().write(request(method, path, contentType, body));
      return read();
    } catch (IOException e) {
      close();
      throw new BenchException("%s %s got no answer: %s".formatted(method, path, e), e);
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
    Socket fresh = new Socket();
    fresh.setTcpNoDelay(true);
    fresh.setSoTimeout(PATIENCE_MILLIS);
    fresh.connect(new InetSocketAddress(node.getHost(), node.getPort()), PATIENCE_MILLIS);
    in = new BufferedInputStream(fresh.getInputStream(), 16_384);
    socket = fresh;
    return fresh;
  }

  private byte[] request(String method, String path, String contentType, byte[] body) {
    StringBuilder head = new StringBuilder(fixedHeaders.length() + 160);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\n").append(fixedHeaders);
    if (!method.equals("GET")) {
      head.append("Content-Type: ").append(contentType).append("\r\n");
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[first.length + body.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(body, 0, all, first.length, body.length);
    return all;
  }

  private Answer read() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = -1;
    boolean chunked = false;
    boolean closes = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
      String value = header.substring(colon + 1).strip();
      switch (name) {
        case "content-length" -> length = Integer.parseInt(value);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        case "connection" -> closes = value.equalsIgnoreCase("close");
        default -> {}
      }
    }
    byte[] body = body(status, length, chunked);
    if (closes) {
      close();
    }
    return new Answer(status, body);
  }

  private byte[] body(int status, int length, boolean chunked) throws IOException {
    if (status == 204 || status == 304) {
      return new byte[0];
    }
    if (chunked) {
      return chunks();
    }
    byte[] body = length < 0 ? in.readAllBytes() : in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the answer ended after %d bytes".formatted(body.length));
    }
    return body;
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      all.write(in.readNBytes(size));
      line();
    }
    while (!line().isEmpty()) {
      // Trailers say nothing that a benchmark needs.
    }
    return all.toByteArray();
  }

  private int chunkSize() throws IOException {
    String size = line();
    int extension = size.indexOf(';');
    return Integer.parseInt((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(80);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
