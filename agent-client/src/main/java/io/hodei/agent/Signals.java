package io.hodei.agent;

import java.lang.reflect.Proxy;

/**
 * Takes TERM and INT instead of the JVM, so that the agent can drain, count them, and exit with a
 * code of its own. The class that does it is not part of Java SE, hence the reflection.
 */
final class Signals {
  private Signals() {}

  /** Where it cannot be done, a signal ends the JVM at once and the keeper ends the processes. */
  static void onStop(Runnable stop) {
    for (String name : new String[] {"TERM", "INT"}) {
      try {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object proxy =
            Proxy.newProxyInstance(
                Signals.class.getClassLoader(),
                new Class<?>[] {handler},
                (self, method, arguments) -> {
                  if (method.getName().equals("handle")) {
                    stop.run();
                  }
                  return null;
                });
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      } catch (ReflectiveOperationException e) {
        Runtime.getRuntime().addShutdownHook(new Thread(stop));
      }
    }
  }
}
