package io.hodei.web.http;

import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;

/**
 * The body of a request, read by the guard.
 *
 * @param bytes as they came; empty when there was no body
 * @param value what they say; null as JSON when there was no body
 */
public record JsonBody(byte[] bytes, Json value) {
  public static final JsonBody NONE = new JsonBody(new byte[0], Json.Null.INSTANCE);

  public boolean isAbsent() {
    return bytes.length == 0;
  }

  /** The members of the body, which must be an object. */
  public JsonFields fields(FieldErrors errors) {
    return JsonFields.of(value, "", errors);
  }
}
