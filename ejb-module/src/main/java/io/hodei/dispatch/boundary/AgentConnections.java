package io.hodei.dispatch.boundary;

import io.hodei.dispatch.control.AgentConnection;
import io.hodei.dispatch.control.AgentDesk;
import io.hodei.dispatch.entity.AgentChannel;
import io.hodei.dispatch.entity.AgentInbox;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import io.hodei.security.Caller;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections for the endpoint that agents dial, and cuts those that are dead.
 *
 * <p>Neither the container's timeouts of a connection nor its executor are used: both capture the
 * whole context of a request for each frame, which took a third of a node's CPU.
 */
@ApplicationScoped
public class AgentConnections {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  /** More would only wait for a core or for a connection to the database. */
  private static final int THREADS =
      Math.clamp(2L * Runtime.getRuntime().availableProcessors(), 4, 16);

  private final AgentDesk desk;
  private final ManagedThreadFactory threads;
  private final Set<AgentConnection> open = ConcurrentHashMap.newKeySet();
  private @Nullable ThreadPoolExecutor executor;
  private @Nullable Loop loop;

  @Inject
  public AgentConnections(AgentDesk desk, ManagedThreadFactory threads) {
    this.desk = desk;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected AgentConnections() {
    this(null, null);
  }

  void start(@Observes @Priority(NodeStarting.DISPATCH) NodeStarting event) {
    // Holds at most one task per connection.
    executor =
        new ThreadPoolExecutor(
            THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    executor.allowCoreThreadTimeOut(true);
    loop = new Loop("agent-connections", LOOK_EVERY, threads, this::cutDead);
  }

  void stop(@Observes @Priority(NodeStopping.CACHE) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
    if (executor != null) {
      executor.shutdown();
    }
  }

  /** Takes a connection; it is closed at once when the node is not ready for agents. */
  public AgentInbox open(Caller caller, AgentChannel channel) {
    AgentConnection connection =
        new AgentConnection(caller, channel, desk, this::execute, open::remove, System::nanoTime);
    open.add(connection);
    return connection;
  }

  private void execute(Runnable task) {
    ThreadPoolExecutor pool = executor;
    if (pool == null) {
      throw new RejectedExecutionException("The node has not started yet");
    }
    pool.execute(task);
  }

  private void cutDead() {
    open.forEach(AgentConnection::cutIfDead);
  }
}
