package io.hodei.jobs.entity;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How jobs are asked to end.
 *
 * @param reason null or blank: who asks is the reason
 * @param grace time between TERM and KILL, counted by the agent from when it hears of it; zero:
 *     KILL at once; null: as the spec says
 */
public record Cancellation(@Nullable String reason, @Nullable Duration grace) {
  /** With the grace of the specs. */
  public static Cancellation because(String reason) {
    return new Cancellation(reason, null);
  }
}
