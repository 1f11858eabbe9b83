package io.hodei.web.access;

import io.hodei.security.Caller;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Who sent the request that this thread serves. */
@Dependent
public class CurrentCaller {
  private static final String ATTRIBUTE = "io.hodei.caller";

  private final HttpServletRequest request;

  @Inject
  public CurrentCaller(HttpServletRequest request) {
    this.request = request;
  }

  /** The caller; resources are never reached without one. */
  public Caller get() {
    return of(request)
        .orElseThrow(() -> new IllegalStateException("A resource ran without a caller"));
  }

  /** The caller of a request, when it came with credentials. */
  public static Optional<Caller> of(ServletRequest request) {
    return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
  }

  static void set(ServletRequest request, Caller caller) {
    request.setAttribute(ATTRIBUTE, caller);
  }
}
