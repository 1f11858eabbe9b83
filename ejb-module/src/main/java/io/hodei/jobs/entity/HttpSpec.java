package io.hodei.jobs.entity;

import io.hodei.json.Json;
import io.hodei.platform.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call by HTTP. Texts may hold <code>${{ secrets.name }}</code>, see {@link SecretText}.
 *
 * @param url absolute
 * @param headers in the order in which they are sent
 * @param body a text is sent as it is, any other value as JSON; null: none
 * @param timeout most time for one call
 * @param success condition over the answer; null: a status of 200 to 299
 * @param poll how to find out when what the call began is done; null: the answer is the result
 * @param cancel how to end what the call began; null: it cannot be ended
 */
public record HttpSpec(
    String method,
    String url,
    Map<String, String> headers,
    @Nullable Json body,
    Duration timeout,
    @Nullable String success,
    @Nullable Poll poll,
    @Nullable Cancel cancel)
    implements ExternalSpec {
  public static final String EXECUTOR = "http";
  public static final String MEMBER = "http";
  public static final Duration TIMEOUT = Duration.ofSeconds(30);
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  /**
   * Where a later call goes: one of the two is there.
   *
   * @param url absolute
   * @param urlFrom expression over the answer of the first call; may give a relative address
   */
  public record Target(@Nullable String url, @Nullable String urlFrom) {}

  /**
   * Looks again and again.
   *
   * @param interval between an answer and the next call
   * @param done condition over an answer
   * @param success condition over the answer that is done; null: a status of 200 to 299
   */
  public record Poll(Target target, Duration interval, String done, @Nullable String success) {}

  /** Ends what the call began. */
  public record Cancel(String method, Target target) {}

  @Override
  public String executor() {
    return EXECUTOR;
  }

  @Override
  public String member() {
    return MEMBER;
  }

  @Override
  public Json.Obj document() {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("method", new Json.Text(method));
    members.put("url", new Json.Text(url));
    if (!headers.isEmpty()) {
      Map<String, Json> values = new LinkedHashMap<>();
      headers.forEach((name, value) -> values.put(name, new Json.Text(value)));
      members.put("headers", new Json.Obj(values));
    }
    if (body != null) {
      members.put("body", body);
    }
    if (!timeout.equals(TIMEOUT)) {
      members.put("timeout", new Json.Text(timeout.toString()));
    }
    putText(members, "success", success);
    if (poll != null) {
      members.put("poll", document(poll));
    }
    if (cancel != null) {
      Map<String, Json> parts = new LinkedHashMap<>();
      parts.put("method", new Json.Text(cancel.method()));
      put(parts, cancel.target());
      members.put("cancel", new Json.Obj(parts));
    }
    return new Json.Obj(members);
  }

  /** Reads what {@link #document} wrote. */
  public static HttpSpec of(Json.Obj document) {
    Json headers = document.members().get("headers");
    Map<String, String> values = new LinkedHashMap<>();
    if (headers instanceof Json.Obj members) {
      members.members().forEach((name, value) -> values.put(name, ((Json.Text) value).value()));
    }
    Json.Obj poll = (Json.Obj) document.members().get("poll");
    Json.Obj cancel = (Json.Obj) document.members().get("cancel");
    return new HttpSpec(
        someText(document, "method"),
        someText(document, "url"),
        values,
        document.members().get("body"),
        duration(document, "timeout", TIMEOUT),
        text(document, "success"),
        poll == null
            ? null
            : new Poll(
                target(poll),
                duration(poll, "interval", INTERVAL),
                someText(poll, "done"),
                text(poll, "success")),
        cancel == null ? null : new Cancel(someText(cancel, "method"), target(cancel)));
  }

  private static Json.Obj document(Poll poll) {
    Map<String, Json> parts = new LinkedHashMap<>();
    put(parts, poll.target());
    if (!poll.interval().equals(INTERVAL)) {
      parts.put("interval", new Json.Text(poll.interval().toString()));
    }
    parts.put("done", new Json.Text(poll.done()));
    putText(parts, "success", poll.success());
    return new Json.Obj(parts);
  }

  private static void put(Map<String, Json> members, Target target) {
    putText(members, "url", target.url());
    putText(members, "urlFrom", target.urlFrom());
  }

  private static void putText(Map<String, Json> members, String name, @Nullable String value) {
    if (value != null) {
      members.put(name, new Json.Text(value));
    }
  }

  private static Target target(Json.Obj parts) {
    return new Target(text(parts, "url"), text(parts, "urlFrom"));
  }

  static @Nullable String text(Json.Obj object, String name) {
    return object.members().get(name) instanceof Json.Text text ? text.value() : null;
  }

  static String someText(Json.Obj object, String name) {
    return ((Json.Text) java.util.Objects.requireNonNull(object.members().get(name))).value();
  }

  static Duration duration(Json.Obj object, String name, Duration otherwise) {
    String text = text(object, name);
    return text == null ? otherwise : Durations.parse(text);
  }
}
