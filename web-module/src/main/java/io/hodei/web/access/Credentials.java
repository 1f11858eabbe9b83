package io.hodei.web.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request came with: the token in its {@code Authorization}, or the cookie of a login. A
 * header decides alone, so that what a program means to be is never mixed with what its browser is.
 *
 * @param secret of the kind; the caller's name for itself, not proven
 */
public record Credentials(Kind kind, String secret) {
  /** The cookie of a login. Browsers take the prefix as a promise: this host, Path=/, Secure. */
  public static final String COOKIE = "__Host-hodei";

  private static final String SCHEME = "bearer ";
  private static final int LONGEST = 256;
  private static final String ATTRIBUTE = "io.hodei.credentials";

  /** Where the secret stood. */
  public enum Kind {
    TOKEN,
    SESSION
  }

  /** The credentials of a request; those of a login count for the API only. */
  static Optional<Credentials> of(HttpServletRequest request, String path) {
    @Nullable String header = request.getHeader("Authorization");
    if (header != null) {
      return bearer(header).map(token -> new Credentials(Kind.TOKEN, token));
    }
    return path.startsWith("/api/v1/")
        ? cookie(request).map(secret -> new Credentials(Kind.SESSION, secret))
        : Optional.empty();
  }

  /** The credentials with which the caller of this request was recognised. */
  public static Optional<Credentials> recognised(HttpServletRequest request) {
    return Optional.ofNullable((Credentials) request.getAttribute(ATTRIBUTE));
  }

  void recogniseIn(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  private static Optional<String> bearer(String header) {
    if (header.length() > LONGEST || header.length() <= SCHEME.length()) {
      return Optional.empty();
    }
    return header.substring(0, SCHEME.length()).toLowerCase(Locale.ROOT).equals(SCHEME)
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  /** A browser has one such cookie of a host at most; whoever sends more is no browser. */
  private static Optional<String> cookie(HttpServletRequest request) {
    Cookie @Nullable [] cookies = request.getCookies();
    if (cookies == null) {
      return Optional.empty();
    }
    List<String> values =
        Arrays.stream(cookies)
            .filter(cookie -> cookie.getName().equals(COOKIE))
            .map(Cookie::getValue)
            .toList();
    return values.size() == 1 && values.getFirst().length() <= LONGEST
        ? Optional.of(values.getFirst())
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "Credentials[" + kind + "]";
  }
}
