package io.hodei.web.access;

import io.hodei.metrics.Metrics;
import io.hodei.platform.Causes;
import io.hodei.platform.ErrorCode;
import io.hodei.security.Caller;
import io.hodei.web.console.ConsoleFiles;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * The one door: everything but liveness, the files of the console and its login needs credentials,
 * whatever the path; nothing else is said to strangers, not even which paths exist, but that a node
 * is full. Readiness answers a stranger with its status only. Files are answered here, so that no
 * path, however it is written, leads past this door.
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
  private static final String LOGIN = "/api/v1/session";

  /**
   * Requests of the API that are inside at the same time. The threads beyond them (of 1,024, see
   * pre-boot.asadmin) refuse the others and serve health, metrics and the console.
   */
  private static final int MOST_INSIDE = 960;

  private static final Problem CROWDED =
      Problem.of(
          ErrorCode.BUSY,
          "%d requests are in this node already. Try again in a moment; who has many jobs sends them together, by POST /api/v1/jobs:batch."
              .formatted(MOST_INSIDE));

  private final transient Recognition recognition;
  private final transient DatabaseGuard database;
  private final transient ConsoleFiles console;
  private final transient Metrics metrics;
  private final transient ShortWay shortWay;
  private final transient Semaphore places = new Semaphore(MOST_INSIDE);

  @Inject
  public Gate(
      Recognition recognition,
      DatabaseGuard database,
      ConsoleFiles console,
      Metrics metrics,
      ShortWay shortWay) {
    this.recognition = recognition;
    this.database = database;
    this.console = console;
    this.metrics = metrics;
    this.shortWay = shortWay;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  public Gate() {
    this(null, null, null, null, null);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    harden(response);
    response.setHeader("Hodei-Trace-Id", Trace.of(request));
    response.setHeader("traceparent", Trace.parent(request));
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (console.answer(request, response, path)) {
      return;
    }
    if (!path.startsWith("/api/")) {
      enter(request, response, chain, path);
    } else if (places.tryAcquire()) {
      try {
        enter(request, response, chain, path);
      } finally {
        places.release();
      }
    } else {
      metrics.refusal("503");
      CROWDED.send(request, response);
    }
  }

  private void enter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, String path)
      throws IOException, ServletException {
    Optional<Problem> refusal;
    try {
      refusal = admit(request, path);
    } catch (RuntimeException e) {
      refusal = Optional.of(Refusals.of(e).orElseGet(() -> broken(request, e)));
    }
    if (refusal.isPresent()) {
      if (refusal.get().code() == ErrorCode.METHOD_NOT_ALLOWED) {
        response.setHeader("Allow", ALLOW);
      }
      refusal.get().send(request, response);
    } else {
      pass(request, response, chain, path);
    }
  }

  private void pass(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, String path)
      throws IOException, ServletException {
    try {
      if (!shortWay.answer(request, response, path)) {
        chain.doFilter(request, response);
      }
    } catch (RuntimeException | ServletException e) {
      if (response.isCommitted()) {
        throw e;
      }
      response.resetBuffer();
      broken(request, e).send(request, response);
    }
  }

  /** Why the request goes no further; empty when it does. */
  private Optional<Problem> admit(HttpServletRequest request, String path) {
    Optional<Credentials> credentials = Credentials.of(request, path);
    if (HEALTH.contains(path)) {
      recognise(request, credentials);
      return Optional.empty();
    }
    if (path.equals(LOGIN) && request.getMethod().equals("POST")) {
      return CrossSite.refusalOfLogin(request);
    }
    Optional<Caller> caller = credentials.flatMap(this::verify);
    if (caller.isEmpty()) {
      return Optional.of(Problem.of(ErrorCode.UNAUTHENTICATED, whyUnknown(credentials)));
    }
    CurrentCaller.set(request, caller.get());
    credentials.get().recogniseIn(request);
    return credentials
        .filter(found -> found.kind() == Credentials.Kind.SESSION)
        .flatMap(found -> CrossSite.refusal(request, found.secret()))
        .or(() -> refusalOf(request, path));
  }

  private Optional<Caller> verify(Credentials credentials) {
    return recognition
        .remembered(credentials)
        .or(() -> database.call(() -> recognition.verify(credentials)));
  }

  private static String whyUnknown(Optional<Credentials> credentials) {
    return credentials
        .map(
            found ->
                found.kind() == Credentials.Kind.TOKEN
                    ? "The token is unknown, revoked or expired, or its tenant is disabled. Ask an administrator for a new one."
                    : "This login has ended: it was not used for long, its token was revoked, or somebody logged out. Log in again.")
        .orElse(
            "Send Authorization: Bearer <token>. An administrator makes tokens by POST /api/v1/tokens.");
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
  private void recognise(HttpServletRequest request, Optional<Credentials> credentials) {
    try {
      credentials.flatMap(this::verify).ifPresent(caller -> CurrentCaller.set(request, caller));
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "A caller of health could not be recognised: {0}", Causes.sentence(e));
    }
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
