package io.hodei.it.testing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a browser does for a page: keeps the cookie of a login, and says where a request is from.
 */
public final class Browser {
  private static final Pattern COOKIE = Pattern.compile("(__Host-hodei)=([^;]*)(;.*)");

  private final URI node;
  private final String cookie;
  private final String csrf;
  private final String attributes;

  private Browser(URI node, String cookie, String csrf, String attributes) {
    this.node = node;
    this.cookie = cookie;
    this.csrf = csrf;
    this.attributes = attributes;
  }

  /**
   * Logs in.
   *
   * @param body {@code {"token": …}} or {@code {"code": …}}
   */
  public static Browser logIn(URI node, String body) {
    Answer answer = tryToLogIn(node, body).expect(201);
    Matcher set = COOKIE.matcher(answer.header("Set-Cookie").orElse(""));
    if (!set.matches()) {
      throw new AssertionError("No cookie: " + answer.header("Set-Cookie"));
    }
    return new Browser(
        node, set.group(1) + "=" + set.group(2), answer.json().getString("csrf"), set.group(3));
  }

  public static Answer tryToLogIn(URI node, String body) {
    return new Api(node, "").post("/session", body, from(node, Map.of()));
  }

  /** The same browser at another node; cookies know no ports. */
  public Browser at(URI other) {
    return new Browser(other, cookie, csrf, attributes);
  }

  public String csrf() {
    return csrf;
  }

  /** What was set behind the cookie's value. */
  public String attributes() {
    return attributes;
  }

  public String secret() {
    return cookie.substring(cookie.indexOf('=') + 1);
  }

  /** A request of a page of this node. */
  public Answer send(String method, String path, String body) {
    return send(method, path, body, from(node, Map.of("X-Hodei-CSRF", csrf)));
  }

  /** A request with the cookie and these headers only. */
  public Answer send(String method, String path, String body, Map<String, String> headers) {
    return new Api(node, "")
        .send(method, path, body.getBytes(StandardCharsets.UTF_8), withCookie(headers));
  }

  public Answer get(String path) {
    return send("GET", path, "");
  }

  /** An event source of a page of this node. */
  public Events events(String path) {
    return Events.of(new Api(node, ""), path, withCookie(Map.of("Sec-Fetch-Site", "same-origin")));
  }

  private Map<String, String> withCookie(Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Cookie", cookie);
    return all;
  }

  private static Map<String, String> from(URI page, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Origin", page.getScheme() + "://" + page.getAuthority());
    all.put("Sec-Fetch-Site", "same-origin");
    return all;
  }
}
