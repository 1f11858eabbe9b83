package io.hodei.web.http;

import io.hodei.metrics.Metrics;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Measures every request by the route that it matched, never by the path that it sent. */
@Provider
@Dependent
public class MeasureFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String BEGAN = "io.hodei.began";

  private final Metrics metrics;

  @Context
  @SuppressWarnings("NullAway.Init")
  private ResourceInfo resource;

  @Inject
  public MeasureFilter(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    request.setProperty(BEGAN, System.nanoTime());
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Object began = request.getProperty(BEGAN);
    long nanos = began instanceof Long start ? System.nanoTime() - start : 0;
    boolean replayed = response.getHeaderString("Idempotent-Replayed") != null;
    record(
        metrics,
        request.getMethod(),
        route(resource.getResourceMethod()),
        response.getStatus(),
        replayed,
        Duration.ofNanos(nanos));
  }

  /**
   * Counts an answered request.
   *
   * @param replayed whether the answer is that of an earlier request
   */
  public static void record(
      Metrics metrics,
      String method,
      String route,
      int status,
      boolean replayed,
      Duration duration) {
    metrics.request(method, route, status, duration);
    if (status >= 400) {
      metrics.refusal(Integer.toString(status));
    } else if (status == 201 && route.equals("/jobs") && !replayed) {
      metrics.jobsCreated(1, duration);
    }
  }

  /** How a method of a resource is called in metrics. */
  public static String route(@Nullable Method method) {
    if (method == null) {
      return "none";
    }
    Path type = method.getDeclaringClass().getAnnotation(Path.class);
    Path own = method.getAnnotation(Path.class);
    String base = type == null ? "" : type.value();
    return own == null ? base : base + "/" + own.value();
  }
}
