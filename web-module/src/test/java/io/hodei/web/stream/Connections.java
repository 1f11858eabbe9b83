package io.hodei.web.stream;

import io.hodei.security.Caller;
import io.hodei.security.Role;
import jakarta.servlet.AsyncContext;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections to {@link FakeOutput}. */
final class Connections {
  private Connections() {}

  static SseConnection to(FakeOutput output, AtomicInteger completed) {
    AsyncContext context =
        (AsyncContext)
            Proxy.newProxyInstance(
                Connections.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("complete")) {
                    completed.incrementAndGet();
                  }
                  return null;
                });
    Caller caller = new Caller(1, "t", 1, "test", Role.ADMIN, Role.ADMIN.permissions());
    return new SseConnection(context, output, Runnable::run, caller, "hod_x");
  }
}
