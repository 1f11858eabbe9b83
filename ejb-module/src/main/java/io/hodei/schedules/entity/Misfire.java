package io.hodei.schedules.entity;

import java.time.Duration;

/**
 * What becomes of ticks that were not fired in time, because no node was alive.
 *
 * @param window ticks that are later than this are given up
 * @param maximum at most so many are made up for, the newest ones
 */
public record Misfire(Duration window, int maximum) {
  public static final Misfire DEFAULT = new Misfire(Duration.ofHours(1), 100);
}
