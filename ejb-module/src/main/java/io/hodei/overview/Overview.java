package io.hodei.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tenant at a glance.
 *
 * @param at the time of the database when it was read
 * @param counts jobs that have not ended, by state; counting stops at 100,000 each
 * @param agents by their state: ONLINE, OFFLINE, DRAINING, DISABLED
 * @param minutes sixty, the last one under way
 * @param attention what needs a person, the worst first
 */
public record Overview(
    Instant at,
    Map<String, Long> counts,
    Map<String, Long> agents,
    List<Minute> minutes,
    List<Attention> attention) {
  /**
   * What jobs did in one minute.
   *
   * @param running when the minute was sampled last; null when it was not
   * @param startP50 half of the jobs that began waited no longer; null when none began
   */
  public record Minute(
      Instant at,
      long submitted,
      long started,
      long succeeded,
      long failed,
      long stopped,
      @Nullable Long running,
      @Nullable Long queued,
      @Nullable Duration startP50,
      @Nullable Duration startP95) {}

  /**
   * Something that a person should look at.
   *
   * @param target what it is about: name, job, agent, queue, pool, freeze
   * @param id of the target, or of the job that shows it
   * @param message for people
   */
  public record Attention(
      Kind kind,
      String target,
      @Nullable Long id,
      String name,
      String message,
      @Nullable Instant since) {}

  /** Why something needs a person; the worst first. */
  public enum Kind {
    /** Jobs of one name failed at least twice in a row. */
    FAILING,
    /** An agent has gone without being drained. */
    AGENT_LOST,
    /** Jobs wait that no connected agent can execute. */
    QUEUE_WITHOUT_AGENTS,
    /** Jobs wait in a pool that is paused. */
    POOL_PAUSED,
    /** A job has waited longer than 95 of 100 of its pool in the last hour. */
    WAITING_LONG,
    /** Schedules are held back. */
    FREEZE
  }
}
