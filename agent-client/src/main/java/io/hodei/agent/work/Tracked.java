package io.hodei.agent.work;

import io.hodei.agent.spool.AttemptId;
import io.hodei.protocol.hwp.Assignment;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** What the registry knows of one attempt, until its end was acknowledged. Guarded by it. */
final class Tracked {
  enum Phase {
    WAITING,
    RUNNING,
    FINISHED
  }

  final AttemptId id;
  final @Nullable Assignment assignment;

  /** Opens when no process of it can be left. */
  final CountDownLatch gone = new CountDownLatch(1);

  /** The attempt of the same job that must be gone before this one begins. */
  volatile @Nullable Tracked predecessor;

  Phase phase = Phase.WAITING;
  @Nullable ProcessAttempt process;

  /** Number of its newest Finished frame; 0 when there is none. */
  long finishedNumber;

  /** Its output is being appended to the spool once more. */
  boolean resending;

  Tracked(AttemptId id, @Nullable Assignment assignment) {
    this.id = id;
    this.assignment = assignment;
  }
}
