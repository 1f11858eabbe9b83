package io.hodei.web.health;

import io.hodei.json.JsonWriter;
import io.hodei.web.access.CurrentCaller;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * The health of this node: 200 when all checks are up, else 503. Strangers learn the status only.
 */
@WebServlet(urlPatterns = {"/health/live", "/health/ready", "/health/started"})
public class HealthServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Instance<HealthCheck> checks;

  @Inject
  public HealthServlet(@Any Instance<HealthCheck> checks) {
    this.checks = checks;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  public HealthServlet() {
    this(null);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    List<HealthCheckResponse> answers =
        of(request.getRequestURI()).stream().map(HealthCheck::call).toList();
    boolean up = answers.stream().allMatch(answer -> answer.getStatus() == Status.UP);
    JsonWriter out = new JsonWriter().object().member("status", up ? "UP" : "DOWN");
    if (CurrentCaller.of(request).isPresent()) {
      details(out, answers);
    }
    byte[] body = out.endObject().toBytes();
    response.setStatus(up ? 200 : 503);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private Instance<HealthCheck> of(String path) {
    if (path.endsWith("/live")) {
      return checks.select(Liveness.Literal.INSTANCE);
    }
    return path.endsWith("/ready")
        ? checks.select(Readiness.Literal.INSTANCE)
        : checks.select(Startup.Literal.INSTANCE);
  }

  private static void details(JsonWriter out, List<HealthCheckResponse> answers) {
    out.array("checks");
    for (HealthCheckResponse answer : answers) {
      out.object().member("name", answer.getName()).member("status", answer.getStatus());
      out.object("data");
      answer
          .getData()
          .ifPresent(data -> data.forEach((key, value) -> out.member(key, String.valueOf(value))));
      out.endObject().endObject();
    }
    out.endArray();
  }
}
