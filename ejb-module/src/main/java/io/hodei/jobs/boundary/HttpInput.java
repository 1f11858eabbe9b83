package io.hodei.jobs.boundary;

import io.hodei.expressions.AnswerExpression;
import io.hodei.expressions.CelLanguage;
import io.hodei.jobs.entity.HttpSpec;
import io.hodei.jobs.entity.SecretText;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a call by HTTP. */
final class HttpInput {
  static final int LONGEST_URL = 4_096;
  private static final int MOST_HEADERS = 64;
  private static final int LONGEST_HEADER = 8 << 10;
  private static final int MOST_BODY_BYTES = 256 << 10;
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
  private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

  /** The authority ends before the first secret, so that no secret decides where a call goes. */
  private static final Pattern BEFORE_SECRETS = Pattern.compile("[a-zA-Z]+://[^/?#$]+[/?#].*");

  /** Headers that the server sets itself, or that would change how a message is framed. */
  private static final Set<String> OWN =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "accept-encoding",
          "proxy-authorization",
          "proxy-connection",
          "idempotency-key");

  private final JsonFields fields;

  private HttpInput(JsonFields fields) {
    this.fields = fields;
  }

  /** Reads the members of {@code http}; what is wrong goes to the errors of the fields. */
  static HttpSpec read(JsonFields fields) {
    return new HttpInput(fields).call();
  }

  private HttpSpec call() {
    String given = method(fields, "GET");
    String url = url(fields, "url", true);
    Map<String, String> headers = headers();
    Json body = body(given);
    Duration timeout = fields.duration("timeout", SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
    String success = condition(fields, "success", false);
    HttpSpec.Poll poll = poll();
    HttpSpec.Cancel cancel = cancel();
    fields.finish();
    return new HttpSpec(
        given,
        url == null ? "" : url,
        headers,
        body,
        timeout == null ? HttpSpec.TIMEOUT : timeout,
        success,
        poll,
        cancel);
  }

  private static String method(JsonFields fields, String otherwise) {
    String method = fields.text("method", 20);
    if (method == null) {
      return otherwise;
    }
    if (!METHODS.contains(method)) {
      fields.refuse("method", "must be one of GET, HEAD, POST, PUT, PATCH, DELETE");
    }
    return method;
  }

  private static @Nullable String url(JsonFields fields, String name, boolean required) {
    String url = required ? fields.requiredText(name, LONGEST_URL) : fields.text(name, LONGEST_URL);
    if (url == null || (required && url.isBlank())) {
      return url;
    }
    SecretText text = secrets(fields, name, url);
    String wrong = text == null ? "" : wrong(text, url);
    if (!wrong.isEmpty()) {
      fields.refuse(name, wrong);
    }
    return url;
  }

  private static String wrong(SecretText text, String url) {
    try {
      URI uri = new URI(text.withoutSecrets());
      String scheme = uri.getScheme();
      if (scheme == null
          || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))
          || uri.getHost() == null) {
        return "must be an absolute http or https address with a host";
      }
      if (uri.getRawUserInfo() != null) {
        return "must not hold a user or password; use a header with a secret";
      }
      if (uri.getRawFragment() != null) {
        return "must not have a fragment";
      }
      if (uri.getPort() == 0 || uri.getPort() > 65535) {
        return "has a port that is not in 1..65535";
      }
    } catch (URISyntaxException e) {
      return "is not an address: " + e.getReason();
    }
    boolean named = text.parts().stream().anyMatch(SecretText.Reference.class::isInstance);
    int first = url.indexOf("${{");
    return named && !BEFORE_SECRETS.matcher(url.substring(0, Math.max(0, first))).matches()
        ? "may name secrets only after the host"
        : "";
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    Json json = fields.any("headers");
    JsonFields members = fields.object("headers");
    if (members == null || !(json instanceof Json.Obj object)) {
      return headers;
    }
    if (object.members().size() > MOST_HEADERS) {
      fields.refuse("headers", "has more than %d entries".formatted(MOST_HEADERS));
      return headers;
    }
    Set<String> seen = new java.util.HashSet<>();
    for (String name : object.members().keySet()) {
      String lower = name.toLowerCase(Locale.ROOT);
      String value = header(members, name);
      if (!TOKEN.matcher(name).matches()) {
        members.refuse(shown(name), "is not the name of a header");
      } else if (OWN.contains(lower)) {
        members.refuse(name, "is set by the server itself");
      } else if (!seen.add(lower)) {
        members.refuse(name, "is there twice");
      } else {
        headers.put(name, value);
      }
    }
    return headers;
  }

  /** A text, or the name of a secret that is the whole value. */
  private static String header(JsonFields members, String name) {
    if (members.any(name) instanceof Json.Obj) {
      JsonFields reference = members.object(name);
      String secret = reference == null ? "" : reference.requiredText("secret", 63);
      if (reference != null) {
        if (!secret.isEmpty() && !SecretText.isName(secret)) {
          reference.refuse("secret", "is not the name of a secret");
        }
        reference.finish();
      }
      return SecretText.reference(secret);
    }
    String value = members.text(name, LONGEST_HEADER);
    if (value == null) {
      return "";
    }
    if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c >= 0x7f)) {
      members.refuse(shown(name), "must be of visible ASCII characters and blanks");
    }
    secrets(members, name, value);
    return value;
  }

  private @Nullable Json body(String method) {
    Json body = fields.any("body");
    if (body == null) {
      return null;
    }
    if (method.equals("GET") || method.equals("HEAD")) {
      fields.refuse("body", "cannot be sent with " + method);
    }
    boolean text = body instanceof Json.Text;
    long bytes =
        text
            ? ((Json.Text) body).value().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
            : new JsonWriter().value(body).toBytes().length;
    if (bytes > MOST_BODY_BYTES) {
      fields.refuse("body", "has more than %d bytes".formatted(MOST_BODY_BYTES));
    }
    inTexts(body);
    return body;
  }

  private void inTexts(Json json) {
    switch (json) {
      case Json.Text t -> secrets(fields, "body", t.value());
      case Json.Arr a -> a.items().forEach(this::inTexts);
      case Json.Obj o -> o.members().values().forEach(this::inTexts);
      default -> {}
    }
  }

  private HttpSpec.@Nullable Poll poll() {
    JsonFields parts = fields.object("poll");
    if (parts == null) {
      return null;
    }
    HttpSpec.Target target = target(parts);
    Duration interval = parts.duration("interval", SHORTEST_INTERVAL, LONGEST_INTERVAL);
    String done = condition(parts, "done", true);
    String success = condition(parts, "success", false);
    parts.finish();
    return new HttpSpec.Poll(
        target, interval == null ? HttpSpec.INTERVAL : interval, done == null ? "" : done, success);
  }

  private HttpSpec.@Nullable Cancel cancel() {
    JsonFields parts = fields.object("cancel");
    if (parts == null) {
      return null;
    }
    String method = method(parts, "DELETE");
    HttpSpec.Target target = target(parts);
    parts.finish();
    return new HttpSpec.Cancel(method, target);
  }

  private static HttpSpec.Target target(JsonFields parts) {
    String url = url(parts, "url", false);
    String from = parts.text("urlFrom", CelLanguage.LONGEST);
    if ((url == null) == (from == null)) {
      parts.refuse(
          "url",
          url == null
              ? "is required, or urlFrom: an expression that gives it"
              : "cannot be given together with urlFrom");
    }
    if (from != null) {
      String wrong = AnswerExpression.of(from).wrongAsText();
      if (!wrong.isEmpty()) {
        parts.refuse("urlFrom", wrong);
      }
    }
    return new HttpSpec.Target(url, from);
  }

  private static @Nullable String condition(JsonFields parts, String name, boolean required) {
    String text =
        required
            ? parts.requiredText(name, CelLanguage.LONGEST)
            : parts.text(name, CelLanguage.LONGEST);
    if (text != null && !(required && text.isBlank())) {
      String wrong = AnswerExpression.of(text).wrongAsCondition();
      if (!wrong.isEmpty()) {
        parts.refuse(name, wrong);
      }
    }
    return text;
  }

  private static @Nullable SecretText secrets(JsonFields fields, String name, String text) {
    try {
      return SecretText.of(text);
    } catch (SecretText.Unknown e) {
      fields.refuse(shown(name), String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static String shown(String name) {
    return name.length() > 80 ? name.substring(0, 80) : name;
  }
}
