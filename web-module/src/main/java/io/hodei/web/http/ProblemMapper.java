package io.hodei.web.http;

import io.hodei.platform.Causes;
import io.hodei.platform.ErrorCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Makes a problem of everything that is thrown. What nobody expected is logged with its trace, and
 * the client learns the trace only.
 */
@Provider
@Dependent
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

  private final HttpServletRequest request;

  @Inject
  public ProblemMapper(HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public Response toResponse(Throwable thrown) {
    if (thrown instanceof WebApplicationException e && e.getResponse().getStatus() < 400) {
      return e.getResponse();
    }
    Problem problem = Refusals.of(thrown).orElseGet(() -> broken(thrown));
    Response.ResponseBuilder response =
        Response.status(problem.code().status())
            .type(Problem.MEDIA_TYPE)
            .entity(problem.body(request.getRequestURI(), Trace.of(request)));
    if (problem.retriable()) {
      response.header(HttpHeaders.RETRY_AFTER, "2");
    }
    if (thrown instanceof WebApplicationException e && problem.code().status() == 405) {
      response.header(HttpHeaders.ALLOW, e.getResponse().getHeaderString(HttpHeaders.ALLOW));
    }
    return response.build();
  }

  private Problem broken(Throwable thrown) {
    String trace = Trace.of(request);
    LOG.log(
        Level.ERROR,
        "Request %s %s failed and was answered 500 (trace %s): %s"
            .formatted(
                request.getMethod(), request.getRequestURI(), trace, Causes.sentence(thrown)),
        thrown);
    return Problem.of(
        ErrorCode.INTERNAL,
        "Something is broken on the server. Its administrator finds the reason in the log under trace %s."
            .formatted(trace));
  }
}
