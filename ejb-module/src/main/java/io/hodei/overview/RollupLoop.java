package io.hodei.overview;

import io.hodei.cluster.Duties;
import io.hodei.cluster.Term;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The duty {@code overview}: counts events every two seconds, samples and tidies up now and then.
 */
@ApplicationScoped
public class RollupLoop {
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final long SAMPLE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int SAMPLES_UNTIL_TIDYING = 30;

  private final Rollups rollups;
  private final Duties duties;
  private final ManagedThreadFactory threads;
  private long sampledAt = System.nanoTime() - SAMPLE_NANOS;
  private int samples;
  private @Nullable Loop loop;

  @Inject
  public RollupLoop(Rollups rollups, Duties duties, ManagedThreadFactory threads) {
    this.rollups = rollups;
    this.duties = duties;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected RollupLoop() {
    this(null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.LAST) NodeStarting event) {
    rollups.begin();
    loop = new Loop("overview", EVERY, threads, this::look);
  }

  void stop(@Observes @Priority(NodeStopping.DISPATCH) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
  }

  private void look() {
    duties.hold("overview").ifPresent(this::count);
  }

  private void count(Term term) {
    if (rollups.advance(term) && loop != null) {
      loop.wake();
    }
    if (System.nanoTime() - sampledAt >= SAMPLE_NANOS) {
      sampledAt = System.nanoTime();
      rollups.sample(term);
      if (samples++ % SAMPLES_UNTIL_TIDYING == 0) {
        rollups.forget(term);
      }
    }
  }
}
