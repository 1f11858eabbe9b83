package io.hodei.schedules.control;

import io.hodei.schedules.entity.Misfire;
import io.hodei.schedules.entity.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule has to do now. Pure.
 *
 * @param fire ticks to fire, in order
 * @param frozen ticks that fall to a freeze, in order
 * @param missed how many are given up
 * @param next what comes after; null when nothing does
 */
record FiringPlan(List<Tick> fire, List<Tick> frozen, int missed, @Nullable Tick next) {
  /** What is no later than that was not missed: a node may need it to take the duty over. */
  static final Duration ON_TIME = Duration.ofSeconds(10);

  /** More ticks than that are looked at in another round. */
  static final int MOST_LOOKED_AT = 100_000;

  private static final int MOST_FROZEN = 1_000;

  /**
   * The plan at a time.
   *
   * @param from the first tick that was not dealt with yet
   */
  static FiringPlan at(Instant now, Ticks ticks, Instant from, Misfire misfire) {
    List<Tick> onTime = new ArrayList<>();
    Deque<Tick> late = new ArrayDeque<>();
    List<Tick> frozen = new ArrayList<>();
    int missed = 0;
    Optional<Tick> tick = ticks.at(skipped(from, now, misfire));
    int looked = 0;
    while (tick.isPresent() && !tick.get().due().isAfter(now) && looked++ < MOST_LOOKED_AT) {
      Tick due = tick.get();
      Duration lateness = Duration.between(due.due(), now);
      if (due.flags().contains(Tick.Flag.FREEZE)) {
        if (frozen.size() < MOST_FROZEN) {
          frozen.add(due);
        }
      } else if (due.fires() && lateness.compareTo(ON_TIME) <= 0) {
        onTime.add(due);
      } else if (due.fires() && lateness.compareTo(misfire.window()) > 0) {
        missed++;
      } else if (due.fires()) {
        late.add(due);
        if (late.size() > misfire.maximum()) {
          late.removeFirst();
          missed++;
        }
      }
      tick = ticks.next(due.at());
    }
    List<Tick> fire = new ArrayList<>(late);
    fire.addAll(onTime);
    return new FiringPlan(List.copyOf(fire), List.copyOf(frozen), missed, tick.orElse(null));
  }

  /** Ticks far behind the window need not be looked at one by one. */
  private static Instant skipped(Instant from, Instant now, Misfire misfire) {
    Instant oldest = now.minus(misfire.window()).minus(Duration.ofDays(2));
    return from.isBefore(oldest) ? oldest : from;
  }
}
