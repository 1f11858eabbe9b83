package io.hodei.dispatch.control;

import io.hodei.agents.boundary.AgentSessions;
import io.hodei.cluster.Duties;
import io.hodei.dispatch.boundary.LostSessions;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import io.hodei.protocol.Hwp;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions that nobody renews and gives their work to others. Every node watches, so that the
 * next holder of the duty {@code reaper} knows at once what the last one knew; only the holder
 * acts.
 */
@ApplicationScoped
public class SessionReaper {
  private static final Logger LOG = System.getLogger(SessionReaper.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final AgentSessions sessions;
  private final LostSessions lost;
  private final Duties duties;
  private final ManagedThreadFactory threads;
  private final SessionWatch watch = new SessionWatch(Hwp.REQUEUE_AFTER);
  private @Nullable Loop loop;

  @Inject
  public SessionReaper(
      AgentSessions sessions, LostSessions lost, Duties duties, ManagedThreadFactory threads) {
    this.sessions = sessions;
    this.lost = lost;
    this.duties = duties;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected SessionReaper() {
    this(null, null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.DISPATCH) NodeStarting event) {
    loop = new Loop("session-reaper", EVERY, threads, this::look);
  }

  void stop(@Observes @Priority(NodeStopping.AGENTS) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
  }

  private void look() {
    Map<Long, Long> over = watch.look(sessions.openSessions(), System.nanoTime());
    if (!over.isEmpty() && duties.hold("reaper").isPresent()) {
      int jobs =
          lost.end(over, "its agent was not heard of for " + Hwp.REQUEUE_AFTER.toSeconds() + " s");
      LOG.log(
          Level.WARNING,
          "{0} agent sessions were not renewed and have ended; {1} attempts go to other agents",
          over.size(),
          jobs);
    }
  }
}
