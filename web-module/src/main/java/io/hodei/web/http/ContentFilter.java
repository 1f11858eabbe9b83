package io.hodei.web.http;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Holds bodies to the content types that a resource method declares: one is required as soon as
 * there is a body, its charset is UTF-8, it is not compressed, and a method that declares none
 * takes no body.
 */
@Provider
@Priority(Priorities.HEADER_DECORATOR)
@Dependent
public class ContentFilter implements ContainerRequestFilter {
  @Context
  @SuppressWarnings("NullAway.Init")
  private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext context) {
    Method method = resource.getResourceMethod();
    if (method == null || !hasBody(context)) {
      return;
    }
    Consumes consumes = method.getAnnotation(Consumes.class);
    if (consumes == null) {
      throw new DomainException(
          ErrorCode.INVALID, "This takes no body; send the request without one.");
    }
    List<String> taken = List.of(consumes.value());
    MediaType type = context.getMediaType();
    boolean fits =
        type != null
            && taken.contains(type.getType() + "/" + type.getSubtype())
            && isUtf8(type)
            && isPlain(context.getHeaderString(HttpHeaders.CONTENT_ENCODING));
    if (!fits) {
      throw new DomainException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "Send the body as %s in UTF-8, without a Content-Encoding."
              .formatted(String.join(" or ", taken)));
    }
  }

  private static boolean hasBody(ContainerRequestContext context) {
    String length = context.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    return context.getHeaderString("Transfer-Encoding") != null
        || length != null && !length.strip().equals("0");
  }

  private static boolean isUtf8(MediaType type) {
    String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
    return charset == null || charset.toLowerCase(Locale.ROOT).equals("utf-8");
  }

  private static boolean isPlain(@Nullable String encoding) {
    return encoding == null || encoding.equalsIgnoreCase("identity");
  }
}
