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
    Duration duration = Duration.ofNanos(nanos);
    metrics.request(request.getMethod(), route(), response.getStatus(), duration);
    if (response.getStatus() >= 400) {
      metrics.refusal(Integer.toString(response.getStatus()));
    } else if (response.getStatus() == 201
        && route().equals("/jobs")
        && response.getHeaderString("Idempotent-Replayed") == null) {
      metrics.jobsCreated(1, duration);
    }
  }

  private String route() {
    Method method = resource.getResourceMethod();
    if (method == null) {
      return "none";
    }
    Path type = method.getDeclaringClass().getAnnotation(Path.class);
    Path own = method.getAnnotation(Path.class);
    String base = type == null ? "" : type.value();
    return own == null ? base : base + "/" + own.value();
  }
}
