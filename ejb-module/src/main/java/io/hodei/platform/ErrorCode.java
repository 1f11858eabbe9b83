package io.hodei.platform;

/** Why a request is refused, with the HTTP status that says it. The names are part of the API. */
public enum ErrorCode {
  INVALID(400, "The request is not valid"),
  UNAUTHENTICATED(401, "Credentials are missing or not valid"),
  FORBIDDEN(403, "Not permitted"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
  NOT_ACCEPTABLE(406, "No representation fits the Accept header"),
  CONFLICT(409, "The state does not allow this"),
  STALE(412, "The resource has changed since it was read"),
  TOO_LARGE(413, "The request is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The content type is not supported"),
  RANGE_NOT_SATISFIABLE(416, "The range is outside of the content"),
  UNPROCESSABLE(422, "The request cannot be carried out"),
  PRECONDITION_REQUIRED(428, "A condition is required"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  INTERNAL(500, "Something is broken on the server"),
  DAMAGED(500, "What is stored is damaged"),
  NODE_NOT_READY(503, "This node is not ready"),
  DATABASE_UNAVAILABLE(503, "The database cannot be reached"),
  BUSY(503, "The server has more to do than it can hold");

  private final int status;
  private final String title;

  ErrorCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The name as it stands in URLs and in {@code code}: lower case with hyphens. */
  public String slug() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
