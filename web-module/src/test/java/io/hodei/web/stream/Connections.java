package io.hodei.web.stream;

import io.hodei.security.Caller;
import io.hodei.security.Role;
import io.hodei.web.access.Credentials;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections to {@link FakeOutput}. */
final class Connections {
  private Connections() {}

  static SseConnection to(FakeOutput output, AtomicInteger completed) {
    Caller caller = new Caller(1, "t", 1, "test", Role.ADMIN, Role.ADMIN.permissions());
    Credentials credentials = new Credentials(Credentials.Kind.TOKEN, "hod_x");
    return new SseConnection(
        completed::incrementAndGet, output, Runnable::run, caller, credentials);
  }
}
