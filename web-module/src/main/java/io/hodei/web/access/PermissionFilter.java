package io.hodei.web.access;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.security.Caller;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets a caller reach a resource method when they have the permission that it declares, and
 * everybody one that declares that it is open.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
@Dependent
public class PermissionFilter implements ContainerRequestFilter {
  private final HttpServletRequest request;

  @Context private ResourceInfo resource;

  @Inject
  @SuppressWarnings("NullAway.Init")
  public PermissionFilter(HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    check(resource.getResourceMethod(), CurrentCaller.of(request));
  }

  /**
   * Refuses a caller who may not call this method of a resource.
   *
   * @throws DomainException UNAUTHENTICATED or FORBIDDEN
   */
  public static void check(@Nullable Method method, Optional<Caller> known) {
    if (method != null && method.isAnnotationPresent(Open.class)) {
      return;
    }
    Requires requires = method == null ? null : method.getAnnotation(Requires.class);
    Caller caller =
        known.orElseThrow(
            () -> new DomainException(ErrorCode.UNAUTHENTICATED, "Credentials are missing."));
    if (requires == null) {
      throw new DomainException(
          ErrorCode.FORBIDDEN, "This method declares no permission and is closed to everybody.");
    }
    if (!caller.may(requires.value())) {
      throw new DomainException(
          ErrorCode.FORBIDDEN,
          "This needs the permission %s, which the role %s does not have. Ask an administrator for a token with another role."
              .formatted(requires.value(), caller.role()));
    }
  }
}
