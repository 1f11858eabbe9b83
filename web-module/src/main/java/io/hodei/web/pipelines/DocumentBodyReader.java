package io.hodei.web.pipelines;

import io.hodei.pipelines.boundary.PipelineInput;
import io.hodei.pipelines.entity.PipelineVersion.SourceType;
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

/** Takes in documents of at most 2 MiB. */
@Provider
@Consumes(MediaType.WILDCARD)
@Dependent
public class DocumentBodyReader implements MessageBodyReader<DocumentBody> {
  @Override
  public boolean isReadable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
    return type == DocumentBody.class;
  }

  @Override
  public DocumentBody readFrom(
      Class<DocumentBody> type,
      Type generic,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream input)
      throws IOException {
    byte[] bytes = input.readNBytes(PipelineInput.MAX_BYTES + 1);
    if (bytes.length > PipelineInput.MAX_BYTES) {
      throw new DomainException(
          ErrorCode.TOO_LARGE,
          "The body is larger than %d bytes.".formatted(PipelineInput.MAX_BYTES));
    }
    boolean yaml = mediaType.getSubtype().equals("yaml");
    return new DocumentBody(bytes, yaml ? SourceType.YAML : SourceType.JSON);
  }
}
