package io.hodei.web.http;

import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.FieldError;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * What every answer that is not a success says (RFC 9457).
 *
 * @param detail for people: what happened, why, what to do
 */
public record Problem(ErrorCode code, String detail, List<FieldError> errors) {
  public static final String MEDIA_TYPE = "application/problem+json";
  private static final String TYPES = "https://hodei.io/problems/";

  public static Problem of(ErrorCode code, String detail) {
    return new Problem(code, detail, List.of());
  }

  public static Problem of(DomainException e) {
    String message = e.getMessage();
    return new Problem(e.code(), message == null ? e.code().title() : message, e.errors());
  }

  /** Writes it as a JSON object, for one item of many. */
  public void write(JsonWriter out) {
    out.object();
    members(out);
    out.endObject();
  }

  /**
   * The whole body.
   *
   * @param instance path of the request
   */
  public byte[] body(String instance, String traceId) {
    JsonWriter out = new JsonWriter().object();
    members(out);
    return out.member("instance", instance).member("traceId", traceId).endObject().toBytes();
  }

  /** Whether trying again soon may work. */
  public boolean retriable() {
    return code.status() == 503 || code.status() == 429;
  }

  /** Answers a request with it, outside of resources. */
  public void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    // On the container's error dispatch the request's own path is the one of the error page.
    Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    String path = original == null ? request.getRequestURI() : original.toString();
    byte[] body = body(path, Trace.of(request));
    response.setStatus(code.status());
    response.setContentType(MEDIA_TYPE);
    response.setContentLength(body.length);
    if (retriable()) {
      response.setHeader("Retry-After", "2");
    }
    if (code == ErrorCode.UNAUTHENTICATED) {
      response.setHeader("WWW-Authenticate", "Bearer realm=\"hodei\"");
    }
    response.getOutputStream().write(body);
  }

  private void members(JsonWriter out) {
    out.member("type", TYPES + code.slug())
        .member("title", code.title())
        .member("status", code.status())
        .member("detail", detail)
        .member("code", code.slug());
    if (!errors.isEmpty()) {
      out.array("errors");
      for (FieldError error : errors) {
        out.object().member("pointer", error.pointer()).member("message", error.message());
        if (error.line() > 0) {
          out.member("line", error.line()).member("column", error.column());
        }
        out.endObject();
      }
      out.endArray();
    }
  }
}
