package io.hodei.cli.client;

import io.hodei.cli.ExitCode;
import io.hodei.cli.output.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The REST interface of an installation, over any of its nodes: when one does not answer, the next
 * one is asked. Built on the oldest HTTP client of the JDK because it loads fastest.
 */
public final class Api {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int READ_MILLIS = 60_000;

  private final List<URI> nodes;
  private final @Nullable String token;
  private int current;

  public Api(List<URI> nodes, @Nullable String token) {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("An installation has at least one URL");
    }
    this.nodes = List.copyOf(nodes);
    this.token = token;
    // A POST that the JDK repeats by itself would not carry our decision whether that is safe.
    System.setProperty("sun.net.http.retryPost", "false");
  }

  /** The node that requests go to at the moment. */
  public URI node() {
    return nodes.get(current);
  }

  public List<URI> nodes() {
    return nodes;
  }

  public Json get(String path) {
    return call("GET", path, null, Map.of()).json();
  }

  /** A POST that a repetition does not do twice: the key makes the server answer the same. */
  public Json post(String path, Json body) {
    return post(path, body.text(), "application/json");
  }

  public Json post(String path, String body, String type) {
    return call("POST", path, body, Map.of("Content-Type", type, "Idempotency-Key", newKey()))
        .json();
  }

  /** Any request; refuses with the problem of the server for every status of 400 and more. */
  public Answer call(
      String method, String path, @Nullable String body, Map<String, String> headers) {
    Answer answer = exchange(method, path, body, headers);
    if (answer.status() >= 400) {
      throw Problem.of(answer.status(), answer.text()).failure();
    }
    return answer;
  }

  /** All elements of a list, page by page, but not more than {@code atMost}. */
  public List<Json> list(String path, int atMost) {
    List<Json> all = new ArrayList<>();
    String cursor = "";
    do {
      int limit = Math.min(500, atMost - all.size());
      String page = with(path, "limit", String.valueOf(limit));
      Json answer = get(cursor.isEmpty() ? page : with(page, "cursor", cursor));
      all.addAll(answer.at("items").elements());
      cursor = answer.string("nextCursor");
    } while (!cursor.isEmpty() && all.size() < atMost);
    return all.size() > atMost ? all.subList(0, atMost) : all;
  }

  /** A response whose body is read by the caller; {@code readMillis} without a byte is an error. */
  public HttpURLConnection open(String path, Map<String, String> headers, int readMillis)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>(headers);
    HttpURLConnection connection = connect("GET", path, all);
    connection.setReadTimeout(readMillis);
    return connection;
  }

  /** From now on another node is asked first. */
  public void nextNode() {
    current = (current + 1) % nodes.size();
  }

  /** Adds a query parameter. */
  public static String with(String path, String name, String value) {
    return path + (path.contains("?") ? "&" : "?") + encode(name) + "=" + encode(value);
  }

  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String newKey() {
    byte[] random = new byte[16];
    ThreadLocalRandom.current().nextBytes(random);
    return "cli-" + HexFormat.of().formatHex(random);
  }

  private Answer exchange(
      String method, String path, @Nullable String body, Map<String, String> headers) {
    IOException last = new IOException("no node");
    for (int i = 0; i < nodes.size(); i++) {
      try {
        return once(method, path, body, headers);
      } catch (IOException e) {
        last = e;
        nextNode();
      }
    }
    throw unreachable(last);
  }

  private Answer once(
      String method, String path, @Nullable String body, Map<String, String> headers)
      throws IOException {
    HttpURLConnection connection = connect(method, path, headers);
    if (body != null) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(bytes.length);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(bytes);
      }
    }
    int status = connection.getResponseCode();
    return new Answer(status, readAll(connection), connection.getHeaderFields());
  }

  private HttpURLConnection connect(String method, String path, Map<String, String> headers)
      throws IOException {
    URI address = URI.create(node().toString().replaceAll("/+$", "") + path);
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setUseCaches(false);
    connection.setRequestProperty(
        "Accept", "application/json, application/problem+json;q=0.9, */*;q=0.1");
    connection.setRequestProperty("User-Agent", "hodei-cli");
    if (token != null) {
      connection.setRequestProperty("Authorization", "Bearer " + token);
    }
    headers.forEach(connection::setRequestProperty);
    return connection;
  }

  static byte[] readAll(HttpURLConnection connection) throws IOException {
    boolean refused = connection.getResponseCode() >= 400;
    try (InputStream body = refused ? connection.getErrorStream() : connection.getInputStream()) {
      return body == null ? new byte[0] : body.readAllBytes();
    }
  }

  private Failure unreachable(IOException cause) {
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new Failure(
        ExitCode.SERVER,
        "No answer from %s\n  why: %s\n  do: is it running? hodei dev starts one here; hodei doctor looks closer"
            .formatted(String.join(", ", nodes.stream().map(URI::toString).toList()), why),
        cause);
  }

  /** A whole response. */
  public record Answer(int status, byte[] body, Map<String, List<String>> headers) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as JSON; nothing when it is empty. */
    public Json json() {
      if (body.length == 0) {
        return Json.NOTHING;
      }
      try {
        return Json.parse(text());
      } catch (IllegalArgumentException notJson) {
        throw new Failure(
            ExitCode.SERVER,
            "The answer is not JSON, so it is not one of a Hodei server; is the URL right? (hodei doctor)",
            notJson);
      }
    }

    /** The first value of a header, or the empty text. */
    public String header(String name) {
      for (Map.Entry<String, List<String>> header : headers.entrySet()) {
        if (name.equalsIgnoreCase(header.getKey())) {
          return header.getValue().getFirst();
        }
      }
      return "";
    }
  }
}
