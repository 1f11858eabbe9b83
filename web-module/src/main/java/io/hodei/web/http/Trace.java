package io.hodei.web.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
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

  /** The {@code traceparent} (W3C) of the answer: the trace, and a span of this node. */
  public static String parent(ServletRequest request) {
    return "00-" + of(request) + "-" + hex(ThreadLocalRandom.current().nextLong() | 1) + "-00";
  }

  /** A new one. */
  public static String random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return hex(random.nextLong()) + hex(random.nextLong() | 1);
  }

  private static String hex(long value) {
    return HexFormat.of().toHexDigits(value);
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
