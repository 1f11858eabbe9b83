package io.hodei.it.console;

import static org.assertj.core.api.Assertions.assertThat;

/** Limits of time that the console promises: said always, held where the machine is quiet. */
final class Limits {
  /**
   * {@code -Dhodei.console.timed=true}: limits of time are held, on a machine that does nothing
   * else.
   */
  static final boolean TIMED = Boolean.getBoolean("hodei.console.timed");

  private Limits() {}

  /** Something that took so many milliseconds and must take fewer than {@code limit}. */
  static void took(String what, double millis, double limit) {
    System.out.printf("console: %s after %.0f ms (limit %.0f)%n", what, millis, limit);
    if (TIMED) {
      assertThat(millis).as(what).isLessThan(limit);
    }
  }

  /**
   * Frames a second that were drawn, of which there must be at least {@code limit}; and how many
   * are drawn of a box that does nothing.
   */
  static void frames(String what, double perSecond, double limit, double plain) {
    System.out.printf(
        "console: %s at %.1f frames/s (limit %.0f; a plain box %.1f)%n",
        what, perSecond, limit, plain);
    if (TIMED) {
      assertThat(perSecond).as(what).isGreaterThanOrEqualTo(limit);
    }
  }
}
