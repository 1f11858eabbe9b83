package io.hodei.web.link;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.server.ServerContainer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives the WebSocket container a plain executor for its timeouts.
 *
 * <p>Tyrus restarts the idle timeout of a connection with every frame, also when there is none, and
 * does so with the executor of the container. That one captures the whole context of the caller and
 * searches all jars of the class path for it, each time: a third of a node's CPU. Tyrus has no
 * setting for it. Where it looks different one day, all works as before, only slower.
 */
@WebListener
public class PlainTimeouts implements ServletContextListener {
  private static final Logger LOG = System.getLogger(PlainTimeouts.class.getName());
  private static final String FIELD = "managedScheduledExecutorService";

  private final Timeouts timeouts = new Timeouts();

  @Override
  public void contextInitialized(ServletContextEvent event) {
    Object container = event.getServletContext().getAttribute(ServerContainer.class.getName());
    try {
      Field executor = field(container);
      executor.setAccessible(true);
      executor.set(container, timeouts);
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "The timeouts of WebSockets stay with the executor of the container; agents work, and"
              + " take more of the CPU: {0}",
          e.toString());
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    timeouts.shutdownNow();
  }

  private static Field field(@Nullable Object container) throws NoSuchFieldException {
    if (container == null) {
      throw new NoSuchFieldException("there is no container for WebSockets");
    }
    for (Class<?> type = container.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(FIELD)) {
          return field;
        }
      }
    }
    throw new NoSuchFieldException(container.getClass().getName() + "." + FIELD);
  }

  /** A timeout of nothing is no timeout, and needs no thread to find that out. */
  private static final class Timeouts extends ScheduledThreadPoolExecutor {
    private final ScheduledFuture<?> none;

    Timeouts() {
      super(1, Thread.ofPlatform().daemon().name("websocket-timeouts").factory());
      setRemoveOnCancelPolicy(true);
      none = super.schedule(() -> {}, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      return delay <= 0 ? none : super.schedule(task, delay, unit);
    }
  }
}
