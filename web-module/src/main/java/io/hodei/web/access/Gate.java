package io.hodei.web.access;

import io.hodei.platform.Causes;
import io.hodei.platform.ErrorCode;
import io.hodei.security.Caller;
import io.hodei.security.TokenVerification;
import io.hodei.web.http.DatabaseGuard;
import io.hodei.web.http.Problem;
import io.hodei.web.http.Refusals;
import io.hodei.web.http.Trace;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one door: everything but liveness needs credentials, whatever the path; nothing is said to
 * strangers, not even which paths exist. Readiness answers a stranger with its status only.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class Gate extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = System.getLogger(Gate.class.getName());
  private static final Set<String> HEALTH =
      Set.of("/health/live", "/health/ready", "/health/started");
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
  private static final String ALLOW = "GET, HEAD, POST, PUT, PATCH, DELETE";
  private static final int LONGEST_CREDENTIALS = 256;

  private final transient TokenVerification tokens;
  private final transient DatabaseGuard database;

  @Inject
  public Gate(TokenVerification tokens, DatabaseGuard database) {
    this.tokens = tokens;
    this.database = database;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  public Gate() {
    this(null, null);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    harden(response);
    response.setHeader("Hodei-Trace-Id", Trace.of(request));
    response.setHeader("traceparent", Trace.parent(request));
    Optional<Problem> refusal;
    try {
      refusal = admit(request);
    } catch (RuntimeException e) {
      refusal = Optional.of(Refusals.of(e).orElseGet(() -> broken(request, e)));
    }
    if (refusal.isPresent()) {
      if (refusal.get().code() == ErrorCode.METHOD_NOT_ALLOWED) {
        response.setHeader("Allow", ALLOW);
      }
      refusal.get().send(request, response);
    } else {
      pass(request, response, chain);
    }
  }

  private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } catch (RuntimeException | ServletException e) {
      if (response.isCommitted()) {
        throw e;
      }
      response.resetBuffer();
      broken(request, e).send(request, response);
    }
  }

  /** Why the request goes no further; empty when it does. */
  private Optional<Problem> admit(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (HEALTH.contains(path)) {
      recognise(request);
      return Optional.empty();
    }
    Optional<String> bearer = bearer(request);
    Optional<Caller> caller = bearer.flatMap(text -> database.call(() -> tokens.verify(text)));
    if (caller.isEmpty()) {
      return Optional.of(
          Problem.of(
              ErrorCode.UNAUTHENTICATED,
              bearer.isEmpty()
                  ? "Send Authorization: Bearer <token>. An administrator makes tokens by POST /api/v1/tokens."
                  : "The token is unknown, revoked or expired, or its tenant is disabled. Ask an administrator for a new one."));
    }
    CurrentCaller.set(request, caller.get());
    return refusalOf(request, path);
  }

  private static Optional<Problem> refusalOf(HttpServletRequest request, String path) {
    if (!METHODS.contains(request.getMethod())) {
      return Optional.of(
          Problem.of(ErrorCode.METHOD_NOT_ALLOWED, "No path here has the method of this request."));
    }
    boolean exists =
        path.startsWith("/api/v1/") || path.startsWith("/agent/") || path.equals("/metrics");
    return exists
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                ErrorCode.NOT_FOUND,
                "There is no such path. The API is under /api/v1; /api/v1/openapi.yaml describes it."));
  }

  /** Health is shown in detail to those who come with credentials, also when nobody can check. */
  private void recognise(HttpServletRequest request) {
    try {
      bearer(request)
          .flatMap(text -> database.call(() -> tokens.verify(text)))
          .ifPresent(caller -> CurrentCaller.set(request, caller));
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "A caller of health could not be recognised: {0}", Causes.sentence(e));
    }
  }

  private static Optional<String> bearer(HttpServletRequest request) {
    @Nullable String header = request.getHeader("Authorization");
    if (header == null || header.length() > LONGEST_CREDENTIALS || header.length() < 8) {
      return Optional.empty();
    }
    return header.substring(0, 7).toLowerCase(Locale.ROOT).equals("bearer ")
        ? Optional.of(header.substring(7).strip())
        : Optional.empty();
  }

  private static Problem broken(HttpServletRequest request, Exception e) {
    LOG.log(
        Level.ERROR,
        "Request %s %s failed and was answered 500 (trace %s): %s"
            .formatted(
                request.getMethod(),
                request.getRequestURI(),
                Trace.of(request),
                Causes.sentence(e)),
        e);
    return Problem.of(
        ErrorCode.INTERNAL,
        "Something is broken on the server. Its administrator finds the reason in the log under trace %s."
            .formatted(Trace.of(request)));
  }

  private static void harden(HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(
        "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  }
}
