package io.hodei.web.http;

import io.hodei.json.JsonReader;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Reads every JSON body of at most 1 MiB. */
@Provider
@Consumes(MediaType.WILDCARD)
@Dependent
public class JsonBodyReader implements MessageBodyReader<JsonBody> {
  static final int MAX_BYTES = 1 << 20;

  @Override
  public boolean isReadable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
    return type == JsonBody.class;
  }

  @Override
  public JsonBody readFrom(
      Class<JsonBody> type,
      Type generic,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream input)
      throws IOException {
    return read(input);
  }

  /**
   * Reads a whole body.
   *
   * @throws DomainException TOO_LARGE, or INVALID when it is no JSON
   */
  public static JsonBody read(InputStream input) throws IOException {
    byte[] bytes = input.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new DomainException(
          ErrorCode.TOO_LARGE, "The body is larger than %d bytes.".formatted(MAX_BYTES));
    }
    return bytes.length == 0 ? JsonBody.NONE : new JsonBody(bytes, JsonReader.read(bytes));
  }
}
