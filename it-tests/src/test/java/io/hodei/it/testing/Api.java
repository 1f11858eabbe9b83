package io.hodei.it.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** One node as one caller sees it. */
public final class Api {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final URI node;
  private final String token;

  /**
   * @param token empty: without credentials
   */
  public Api(URI node, String token) {
    this.node = node;
    this.token = token;
  }

  public Api as(String otherToken) {
    return new Api(node, otherToken);
  }

  public Api at(URI otherNode) {
    return new Api(otherNode, token);
  }

  public String token() {
    return token;
  }

  public Answer get(String path) {
    return send("GET", path, new byte[0], Map.of());
  }

  public Answer get(String path, Map<String, String> headers) {
    return send("GET", path, new byte[0], headers);
  }

  public Answer post(String path, String body) {
    return send("POST", path, utf8(body), Map.of());
  }

  public Answer post(String path, String body, Map<String, String> headers) {
    return send("POST", path, utf8(body), headers);
  }

  public Answer put(String path, String body) {
    return send("PUT", path, utf8(body), Map.of());
  }

  public Answer delete(String path) {
    return send("DELETE", path, new byte[0], Map.of());
  }

  /**
   * A path starts with a slash; {@code /api/v1} is put in front unless it begins with {@code //}.
   */
  public Answer send(String method, String path, byte[] body, Map<String, String> headers) {
    HttpRequest request = request(method, path, body, headers);
    try {
      HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());
      return new Answer(method + " " + path, response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + request.uri() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** An answer that goes on, such as server-sent events. */
  public HttpResponse<InputStream> stream(String path, Map<String, String> headers) {
    try {
      return CLIENT.send(request("GET", path, new byte[0], headers), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest request(
      String method, String path, byte[] body, Map<String, String> headers) {
    String full = path.startsWith("//") ? path.substring(1) : "/api/v1" + path;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node + full))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body.length > 0 && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    return request.build();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
