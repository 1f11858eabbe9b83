package io.hodei.schedules.entity;

import java.time.Duration;
import java.time.Instant;

/** What makes the ticks of a schedule. */
public sealed interface Trigger {
  /** Local times by a cron expression of five or six fields, valid when this was made. */
  record Cron(String expression) implements Trigger {}

  /**
   * Equal distances on the time line, whatever the clocks do.
   *
   * @param anchor one of the ticks; the others lie before and after it
   */
  record Interval(Duration every, Instant anchor) implements Trigger {}

  /**
   * A pause after the end of each job.
   *
   * @param first when the first one starts
   */
  record FixedDelay(Duration delay, Instant first) implements Trigger {}

  /** One single time. */
  record Once(Instant at) implements Trigger {}
}
