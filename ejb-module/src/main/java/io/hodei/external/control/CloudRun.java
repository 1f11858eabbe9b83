package io.hodei.external.control;

import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.json.JsonRefused;
import io.hodei.json.JsonWriter;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls the Cloud Run Admin API v2. */
final class CloudRun {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpCalls calls;
  private final TokenProvider tokens;
  private final String url;

  /**
   * A caller.
   *
   * @param url without a slash at its end
   */
  CloudRun(HttpCalls calls, TokenProvider tokens, String url) {
    this.calls = calls;
    this.tokens = tokens;
    this.url = url;
  }

  /** An answer and its body; an empty object when that is none. */
  record Reply(int status, @Nullable String retryAfter, Json.Obj body) {
    boolean isBusy() {
      return status == 429 || status >= 500;
    }

    /** What the service says of its refusal (google.rpc.Status). */
    String message() {
      return body.members().get("error") instanceof Json.Obj error
              && error.members().get("message") instanceof Json.Text text
          ? text.value()
          : "no reason given";
    }
  }

  Reply get(String key, String path) throws CallFailed {
    return send(key, "GET", path, null);
  }

  Reply post(String key, String path, Json.Obj body) throws CallFailed {
    return send(key, "POST", path, body);
  }

  private Reply send(String key, String method, String path, Json.@Nullable Obj body)
      throws CallFailed {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Bearer " + tokens.token());
    headers.put("Accept", "application/json");
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    Answer answer =
        calls.send(
            new Call(
                key,
                method,
                URI.create(url + "/v2/" + path),
                headers,
                body == null ? null : new JsonWriter().value(body).toBytes(),
                TIMEOUT,
                false));
    if (answer.status() == 401) {
      tokens.refused();
    }
    return new Reply(answer.status(), answer.headers().get("retry-after"), read(answer));
  }

  private static Json.Obj read(Answer answer) {
    try {
      if (JsonReader.read(answer.body()) instanceof Json.Obj object) {
        return object;
      }
    } catch (JsonRefused e) {
      // Only the status counts.
    }
    return new Json.Obj(Map.of());
  }
}
