package io.hodei.web.health;

import io.hodei.metrics.PrometheusText;
import io.hodei.platform.ErrorCode;
import io.hodei.security.Permission;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.http.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The metrics of this node for Prometheus; needs {@code METRICS_READ}. */
@WebServlet(urlPatterns = "/metrics")
public class MetricsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient PrometheusText metrics;

  @Inject
  public MetricsServlet(PrometheusText metrics) {
    this.metrics = metrics;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  public MetricsServlet() {
    this(null);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean may =
        CurrentCaller.of(request).map(caller -> caller.may(Permission.METRICS_READ)).orElse(false);
    if (!may) {
      Problem.of(ErrorCode.FORBIDDEN, "This needs the permission METRICS_READ.")
          .send(request, response);
      return;
    }
    response.setContentType("text/plain; version=0.0.4; charset=utf-8");
    response.getOutputStream().write(metrics.write().getBytes(StandardCharsets.UTF_8));
  }
}
