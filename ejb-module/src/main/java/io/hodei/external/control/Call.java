package io.hodei.external.control;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call by HTTP.
 *
 * @param key names it for {@link HttpCalls#abort}
 * @param uri absolute, ASCII, without user and fragment
 * @param headers without those that say how the message is framed
 * @param body null: none
 * @param timeout for all of it, from looking up the host to the last byte
 * @param guarded whether only addresses are called that jobs may call
 */
record Call(
    String key,
    String method,
    URI uri,
    Map<String, String> headers,
    byte @Nullable [] body,
    Duration timeout,
    boolean guarded) {
  /** Without brackets. */
  String host() {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port() {
    return uri.getPort() >= 0 ? uri.getPort() : isSecure() ? 443 : 80;
  }

  boolean isSecure() {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** Scheme, host and port: what a connection can be used for again. */
  String origin() {
    return origin(uri);
  }

  static String origin(URI uri) {
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    return "%s://%s:%d"
        .formatted(
            secure ? "https" : "http", uri.getHost().toLowerCase(java.util.Locale.ROOT), port);
  }
}
