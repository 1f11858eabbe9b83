package io.hodei.web.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The number by which a person finds in the log what a client was answered. */
public final class Trace {
  private static final String ATTRIBUTE = "io.hodei.trace";

  private Trace() {}

  /** The trace of a request: the one of its {@code traceparent} (W3C), or a new one. */
  public static String of(ServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof String known) {
      return known;
    }
    String parent =
        request instanceof HttpServletRequest http ? http.getHeader("traceparent") : null;
    String trace = parent != null && isTraceParent(parent) ? parent.substring(3, 35) : random();
    request.setAttribute(ATTRIBUTE, trace);
    return trace;
  }

  /** A new one. */
  public static String random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "%016x%016x".formatted(random.nextLong(), random.nextLong());
  }

  private static boolean isTraceParent(@Nullable String text) {
    if (text == null || text.length() != 55 || !text.startsWith("00-") || text.charAt(35) != '-') {
      return false;
    }
    boolean zero = true;
    for (int i = 3; i < 35; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
      zero &= c == '0';
    }
    return !zero;
  }
}
