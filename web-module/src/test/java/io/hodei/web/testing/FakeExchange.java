package io.hodei.web.testing;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request and its answer, without a container. What is not needed refuses. */
public final class FakeExchange {
  private final String method;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Object> attributes = new HashMap<>();
  private Cookie @Nullable [] cookies;

  private final Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status = 200;

  public FakeExchange(String method) {
    this.method = method;
  }

  public FakeExchange header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public FakeExchange cookies(Cookie... sent) {
    cookies = sent;
    return this;
  }

  public int status() {
    return status;
  }

  public byte[] body() {
    return body.toByteArray();
  }

  /** A header of the answer; empty when there is none. */
  public String answered(String name) {
    return answered.getOrDefault(name, "");
  }

  public HttpServletRequest request() {
    return proxy(
        HttpServletRequest.class,
        (name, arguments) ->
            switch (name) {
              case "getMethod" -> method;
              case "getHeader" -> headers.get((String) arguments[0]);
              case "getCookies" -> cookies;
              case "getAttribute" -> attributes.get((String) arguments[0]);
              case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
              default -> throw new UnsupportedOperationException(name);
            });
  }

  public HttpServletResponse response() {
    return proxy(
        HttpServletResponse.class,
        (name, arguments) ->
            switch (name) {
              case "setHeader" -> answered.put((String) arguments[0], (String) arguments[1]);
              case "setContentType" -> answered.put("Content-Type", (String) arguments[0]);
              case "setContentLength" -> answered.put("Content-Length", "" + arguments[0]);
              case "setStatus" -> status = (Integer) arguments[0];
              case "getOutputStream" -> output();
              default -> throw new UnsupportedOperationException(name);
            });
  }

  private ServletOutputStream output() {
    return new ServletOutputStream() {
      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void write(int b) {
        body.write(b);
      }
    };
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            FakeExchange.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> {
              Object result =
                  answer.to(called.getName(), arguments == null ? new Object[0] : arguments);
              return called.getReturnType() == void.class ? null : result;
            }));
  }

  private interface Answer {
    @Nullable Object to(String name, Object[] arguments);
  }
}
