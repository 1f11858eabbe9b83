package io.hodei.web.access;

import io.hodei.platform.ErrorCode;
import io.hodei.web.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other sites from acting with the cookie of a login (OWASP ASVS 3.5): a request that comes
 * with it must come from a page of this origin, and one that changes something must show a value
 * that only such a page can read. Requests with a token need neither: no browser adds a token by
 * itself.
 */
public final class CrossSite {
  /** The header of the value. */
  public static final String HEADER = "X-Hodei-CSRF";

  private static final Set<String> SAFE = Set.of("GET", "HEAD");
  private static final byte[] PURPOSE = "hodei csrf 1".getBytes(StandardCharsets.US_ASCII);

  private CrossSite() {}

  /** The value that belongs to a login; it tells nothing about the cookie. */
  public static String valueFor(String sessionSecret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(sessionSecret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(PURPOSE));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }

  /** Why a request with the cookie of a login goes no further; empty when it does. */
  static Optional<Problem> refusal(HttpServletRequest request, String sessionSecret) {
    boolean safe = SAFE.contains(request.getMethod());
    if (!comesFromHere(request, safe)) {
      return Optional.of(
          forbidden(
              "This request comes from a page of another origin, which may not act with the login of this one. If it is a page of this installation, a proxy in front must pass Host and Origin on unchanged."));
    }
    if (safe) {
      return Optional.empty();
    }
    @Nullable String value = request.getHeader(HEADER);
    if (value == null || !equal(value, valueFor(sessionSecret))) {
      return Optional.of(
          forbidden(
              "A change with the cookie of a login needs the header %s with the value csrf of GET /api/v1/session; it is %s."
                  .formatted(HEADER, value == null ? "missing" : "another one")));
    }
    return Optional.empty();
  }

  /** Why a login goes no further; empty when it does. Programs say nothing of an origin. */
  static Optional<Problem> refusalOfLogin(HttpServletRequest request) {
    boolean program =
        request.getHeader("Origin") == null && request.getHeader("Sec-Fetch-Site") == null;
    return program || comesFromHere(request, false)
        ? Optional.empty()
        : Optional.of(
            forbidden(
                "A login must come from a page of this origin. If it does, a proxy in front must pass Host and Origin on unchanged."));
  }

  /**
   * What browsers say of where a request comes from, which no page can change. A change must say
   * it; a look may also be an address that somebody typed.
   */
  private static boolean comesFromHere(HttpServletRequest request, boolean safe) {
    @Nullable String site = request.getHeader("Sec-Fetch-Site");
    @Nullable String origin = request.getHeader("Origin");
    if (site != null && !site.equals("same-origin") && !(safe && site.equals("none"))) {
      return false;
    }
    if (origin != null && !isOwn(origin, request)) {
      return false;
    }
    return safe || site != null || origin != null;
  }

  private static boolean isOwn(String origin, HttpServletRequest request) {
    @Nullable String host = request.getHeader("Host");
    if (host == null || origin.length() > 300) {
      return false;
    }
    try {
      URI uri = new URI(origin);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (uri.getRawAuthority() == null
          || uri.getRawUserInfo() != null
          || !Set.of("http", "https").contains(scheme)
          || !uri.getRawPath().isEmpty()) {
        return false;
      }
      int usual = scheme.equals("https") ? 443 : 80;
      return withPort(uri.getRawAuthority(), usual).equals(withPort(host, usual));
    } catch (java.net.URISyntaxException e) {
      return false;
    }
  }

  private static String withPort(String authority, int usual) {
    String lower = authority.toLowerCase(Locale.ROOT);
    boolean has = lower.lastIndexOf(':') > lower.lastIndexOf(']');
    return has ? lower : lower + ":" + usual;
  }

  private static boolean equal(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static Problem forbidden(String detail) {
    return Problem.of(ErrorCode.FORBIDDEN, detail);
  }
}
