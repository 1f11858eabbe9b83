package io.hodei.web.jobs;

import io.hodei.metrics.Metrics;
import io.hodei.platform.Id;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.PermissionFilter;
import io.hodei.web.access.ShortWay;
import io.hodei.web.http.JsonBody;
import io.hodei.web.http.JsonBodyReader;
import io.hodei.web.http.MeasureFilter;
import io.hodei.web.http.ProblemMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * Submits and reads of one job, which are nearly all requests that come. The methods of the
 * resources answer, with the permissions that they declare and the problems that they throw; what
 * is left out is how JAX-RS finds them, a third of what such a request costs. Whatever asks for
 * more than that (a query, another content type, an Accept that must be understood) goes the long
 * way.
 */
@ApplicationScoped
public class JobsShortWay implements ShortWay {
  private static final String JOBS = "/api/v1/jobs";
  private static final String ONE = JOBS + "/";
  private static final String JSON = "application/json";
  private static final Method CREATE = method(JobsResource.class, "create", JsonBody.class);
  private static final Method GET = method(JobResource.class, "get", String.class, String.class);

  private final JobsResource jobs;
  private final JobResource job;
  private final ProblemMapper problems;
  private final Metrics metrics;

  private interface Call {
    Response run() throws IOException;
  }

  @Inject
  public JobsShortWay(JobsResource jobs, JobResource job, ProblemMapper problems, Metrics metrics) {
    this.jobs = jobs;
    this.job = job;
    this.problems = problems;
    this.metrics = metrics;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected JobsShortWay() {
    this(null, null, null, null);
  }

  @Override
  public boolean answer(HttpServletRequest request, HttpServletResponse response, String path)
      throws IOException {
    if (request.getQueryString() != null || !takesJson(request)) {
      return false;
    }
    if (path.equals(JOBS) && request.getMethod().equals("POST") && sendsJson(request)) {
      answer(
          CREATE,
          request,
          response,
          () -> jobs.create(JsonBodyReader.read(request.getInputStream())));
      return true;
    }
    if (request.getMethod().equals("GET") && isOne(path) && !hasBody(request)) {
      String id = path.substring(ONE.length());
      answer(GET, request, response, () -> job.get(id, request.getHeader("If-None-Match")));
      return true;
    }
    return false;
  }

  private void answer(
      Method method, HttpServletRequest request, HttpServletResponse response, Call call)
      throws IOException {
    long began = System.nanoTime();
    Response answer;
    try {
      PermissionFilter.check(method, CurrentCaller.of(request));
      answer = call.run();
    } catch (RuntimeException e) {
      answer = problems.toResponse(e);
    }
    MeasureFilter.record(
        metrics,
        request.getMethod(),
        MeasureFilter.route(method),
        answer.getStatus(),
        answer.getHeaderString("Idempotent-Replayed") != null,
        Duration.ofNanos(System.nanoTime() - began));
    write(answer, request, response);
  }

  private static void write(
      Response answer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(answer.getStatus());
    answer
        .getStringHeaders()
        .forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    String made = answer.getHeaderString("Location");
    if (made != null) {
      response.setHeader("Location", absolute(made, request));
    }
    if (answer.getEntity() instanceof byte[] body) {
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
  }

  /** A path on this server as an address, as JAX-RS writes it. */
  private static String absolute(String path, HttpServletRequest request) {
    StringBuffer url = request.getRequestURL();
    return url.substring(0, url.length() - request.getRequestURI().length()) + path;
  }

  private static boolean takesJson(HttpServletRequest request) {
    List<String> accepted = Collections.list(request.getHeaders("Accept"));
    return accepted.isEmpty() || accepted.equals(List.of("*/*")) || accepted.equals(List.of(JSON));
  }

  private static boolean sendsJson(HttpServletRequest request) {
    return JSON.equals(request.getContentType())
        && request.getContentLengthLong() > 0
        && request.getHeader("Transfer-Encoding") == null
        && request.getHeader("Content-Encoding") == null;
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  private static boolean isOne(String path) {
    return path.startsWith(ONE) && Id.parse(path.substring(ONE.length())) >= 0;
  }

  private static Method method(Class<?> resource, String name, Class<?>... parameters) {
    try {
      return resource.getMethod(name, parameters);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("The resource has changed", e);
    }
  }
}
