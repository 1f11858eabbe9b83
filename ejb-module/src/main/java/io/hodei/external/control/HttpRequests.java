package io.hodei.external.control;

import io.hodei.expressions.AnswerExpression;
import io.hodei.external.entity.ExternalTask;
import io.hodei.jobs.entity.HttpSpec;
import io.hodei.json.Json;
import io.hodei.json.JsonWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls of one task, with its secrets. */
final class HttpRequests {
  private static final int LONGEST_URL = 4_096;

  private final ExternalTask task;
  private final HttpSpec spec;
  private final Disclosure secrets;

  HttpRequests(ExternalTask task, HttpSpec spec, Disclosure secrets) {
    this.task = task;
    this.spec = spec;
    this.secrets = secrets;
  }

  /** The call that begins it. */
  Call start(Duration timeout) throws Disclosure.Missing, CallFailed {
    Map<String, String> headers = headers();
    byte[] body = body(headers);
    headers.put("Idempotency-Key", task.key());
    return call(task.key(), spec.method(), secrets.url(spec.url()), headers, body, timeout);
  }

  /** Asks how it is. */
  Call look(String url) throws Disclosure.Missing, CallFailed {
    return later("look", "GET", url);
  }

  /** Ends it. */
  Call cancel(String method, String url) throws Disclosure.Missing, CallFailed {
    return later("cancel", method, url);
  }

  /** The same headers, but only to the host they are meant for. */
  private Call later(String kind, String method, String url) throws Disclosure.Missing, CallFailed {
    String address = secrets.url(url);
    boolean same = Call.origin(uri(address)).equals(Call.origin(uri(secrets.url(spec.url()))));
    Map<String, String> headers = same ? headers() : new LinkedHashMap<>();
    headers.keySet().removeIf(name -> name.equalsIgnoreCase("content-type"));
    if (!method.equals("GET")) {
      headers.put("Idempotency-Key", task.key() + "-" + kind);
    }
    return call(task.key() + "-" + kind, method, address, headers, null, spec.timeout());
  }

  Exchange exchange(Call call, Answer answer, Duration took) {
    return Exchange.of(call, secrets.mask(call.uri().toString()), answer, secrets, took);
  }

  /** Where a later call goes, as it may be stored. */
  String address(HttpSpec.Target target, Exchange exchange)
      throws AnswerExpression.NoValue, CallFailed {
    if (target.url() != null) {
      return target.url();
    }
    Answer answer = exchange.answer();
    String given =
        AnswerExpression.of(String.valueOf(target.urlFrom()))
            .text(answer.status(), answer.headers(), exchange.body());
    try {
      URI base = uri(secrets.url(spec.url()));
      return secrets.hide(uri(base.resolve(new URI(given)).toString()).toString());
    } catch (URISyntaxException | IllegalArgumentException | Disclosure.Missing e) {
      throw unusable(secrets.mask(given));
    }
  }

  private Map<String, String> headers() throws Disclosure.Missing, CallFailed {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", "Hodei");
    for (Map.Entry<String, String> header : spec.headers().entrySet()) {
      String value = secrets.text(header.getValue());
      if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c >= 0x7f)) {
        throw new CallFailed(
            CallFailed.Kind.REFUSED,
            "The secret in the header %s has a character that headers cannot have: a line break?"
                .formatted(header.getKey()));
      }
      headers.keySet().removeIf(name -> name.equalsIgnoreCase(header.getKey()));
      headers.put(header.getKey(), value);
    }
    return headers;
  }

  private byte @Nullable [] body(Map<String, String> headers) throws Disclosure.Missing {
    Json body = spec.body();
    if (body == null) {
      return null;
    }
    boolean typed = headers.keySet().stream().anyMatch("content-type"::equalsIgnoreCase);
    if (!typed) {
      headers.put(
          "Content-Type",
          body instanceof Json.Text ? "text/plain; charset=utf-8" : "application/json");
    }
    return body instanceof Json.Text text
        ? secrets.text(text.value()).getBytes(StandardCharsets.UTF_8)
        : new JsonWriter().value(secrets.json(body)).toBytes();
  }

  private static Call call(
      String key,
      String method,
      String url,
      Map<String, String> headers,
      byte @Nullable [] body,
      Duration timeout)
      throws CallFailed {
    return new Call(key, method, uri(url), headers, body, timeout, true);
  }

  /** An address of an answer is as little trusted as one of a job. */
  private static URI uri(String url) throws CallFailed {
    try {
      URI uri = new URI(new URI(url).toASCIIString());
      boolean http =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      if (http
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawFragment() == null
          && uri.getPort() != 0
          && uri.getPort() <= 65_535
          && url.length() <= LONGEST_URL) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // The sentence below says it.
    }
    throw unusable("");
  }

  private static CallFailed unusable(String given) {
    return new CallFailed(
        CallFailed.Kind.REFUSED,
        "The address to call next is no absolute http or https address without user and fragment%s."
            .formatted(
                given.isEmpty() ? "" : ": " + given.substring(0, Math.min(200, given.length()))));
  }
}
