package io.hodei.schedules.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.schedules.entity.CalendarDays;
import io.hodei.schedules.entity.Freeze;
import io.hodei.schedules.entity.Misfire;
import io.hodei.schedules.entity.Tick;
import io.hodei.schedules.entity.Timing;
import io.hodei.schedules.entity.Timing.Fold;
import io.hodei.schedules.entity.Timing.Gap;
import io.hodei.schedules.entity.Trigger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is due at a time, and that the preview says the same. */
class FiringPlanTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private static Timing cron(String expression, String zone, Duration jitter) {
    return new Timing(
        new Trigger.Cron(expression),
        ZoneId.of(zone),
        Gap.RUN_AT_NEXT_VALID,
        Fold.BOTH,
        null,
        null,
        jitter,
        List.of(),
        List.of());
  }

  private static Ticks everyMinute() {
    return new Ticks(7, cron("* * * * *", "UTC", Duration.ZERO), Map.of(), List.of());
  }

  /** A year in steps by dice, with stops of up to an hour; all that fires is what was announced. */
  @Test
  void a_run_on_a_simulated_clock_fires_what_the_preview_says() {
    Random random = new Random(3);
    Misfire all = new Misfire(Duration.ofDays(30), 1000);
    List<Freeze> freezes =
        List.of(
            new Freeze(
                1,
                false,
                "release",
                "me",
                START.plus(Duration.ofDays(40)),
                START.plus(Duration.ofDays(42))));
    CalendarDays weekend =
        new CalendarDays(
            ZoneId.of("Europe/Berlin"),
            Set.of(LocalDate.of(2026, 4, 3)),
            Set.of(MonthDay.of(5, 1)),
            Map.of(
                DayOfWeek.SUNDAY, List.of(new CalendarDays.Hours(0, 86_400)),
                DayOfWeek.SATURDAY, List.of(new CalendarDays.Hours(12 * 3600, 86_400))),
            List.of());
    for (String zone : List.of("Europe/Berlin", "Africa/Cairo", "Australia/Lord_Howe")) {
      for (int i = 0; i < 6; i++) {
        Duration jitter =
            random.nextBoolean() ? Duration.ofMinutes(random.nextInt(90)) : Duration.ZERO;
        Timing plain = cron(RandomCron.next(random), zone, jitter);
        Timing timing =
            new Timing(
                plain.trigger(),
                plain.zone(),
                Gap.values()[i % 3],
                Fold.values()[random.nextInt(3)],
                null,
                null,
                jitter,
                List.of(),
                List.of("weekend"));
        Ticks ticks = new Ticks(i, timing, Map.of("weekend", weekend), freezes);
        Instant end = START.plus(Duration.ofDays(200));

        assertThat(fired(ticks, all, end, random)).isEqualTo(preview(ticks, end));
      }
    }
  }

  private static String fired(Ticks ticks, Misfire misfire, Instant end, Random random) {
    List<Tick> fired = new ArrayList<>();
    Instant now = START;
    Tick next = ticks.next(START.minusNanos(1)).orElse(null);
    while (next != null && next.at().isBefore(end)) {
      now = now.plusMillis(random.nextInt(100) == 0 ? random.nextInt(3_600_000) : 900_000);
      FiringPlan plan = FiringPlan.at(now, ticks, next.at(), misfire);
      fired.addAll(plan.fire());
      assertThat(plan.missed()).isZero();
      next = plan.next();
    }
    return text(fired.stream().filter(tick -> tick.at().isBefore(end)).toList());
  }

  private static String preview(Ticks ticks, Instant end) {
    return text(ticks.between(START, end, Integer.MAX_VALUE).stream().filter(Tick::fires).toList());
  }

  private static String text(List<Tick> ticks) {
    return ticks.stream().map(Tick::toString).collect(Collectors.joining("\n"));
  }

  @Test
  void jitter_never_changes_the_order() {
    Ticks ticks =
        new Ticks(9, cron("*/5 * * * *", "UTC", Duration.ofHours(1)), Map.of(), List.of());

    List<Tick> all = ticks.between(START, START.plus(Duration.ofDays(3)), 10_000);

    assertThat(all).hasSize(3 * 288);
    assertThat(all).isSortedAccordingTo((a, b) -> a.due().compareTo(b.due()));
    assertThat(all).allMatch(tick -> !tick.due().isBefore(tick.at()));
    assertThat(all).anyMatch(tick -> tick.due().isAfter(tick.at().plusSeconds(60)));
  }

  @Test
  void what_is_too_late_is_given_up() {
    Misfire misfire = new Misfire(Duration.ofMinutes(10), 100);

    FiringPlan plan = FiringPlan.at(START.plusSeconds(3600), everyMinute(), START, misfire);

    assertThat(plan.fire()).extracting(Tick::at).first().isEqualTo(START.plusSeconds(50 * 60));
    assertThat(plan.fire()).hasSize(11);
    assertThat(plan.missed()).isEqualTo(50);
    assertThat(plan.next()).extracting(Tick::at).isEqualTo(START.plusSeconds(61 * 60));
  }

  @Test
  void only_the_newest_are_made_up_for() {
    Misfire misfire = new Misfire(Duration.ofHours(2), 3);

    FiringPlan plan = FiringPlan.at(START.plusSeconds(3630), everyMinute(), START, misfire);

    assertThat(plan.fire())
        .extracting(Tick::at)
        .containsExactly(
            START.plusSeconds(58 * 60), START.plusSeconds(59 * 60), START.plusSeconds(3600));
  }

  @Test
  void a_moment_of_delay_is_no_misfire() {
    Misfire none = new Misfire(Duration.ofHours(2), 0);

    FiringPlan plan = FiringPlan.at(START.plusSeconds(2), everyMinute(), START, none);

    assertThat(plan.fire()).extracting(Tick::at).containsExactly(START);
  }

  @Test
  void a_stop_of_a_year_is_planned_at_once() {
    Ticks everySecond =
        new Ticks(1, cron("* * * * * *", "Africa/Cairo", Duration.ZERO), Map.of(), List.of());
    Instant now = START.plus(Duration.ofDays(365));

    FiringPlan plan = FiringPlan.at(now, everySecond, START, new Misfire(Duration.ofMinutes(1), 5));

    assertThat(plan.fire().size() + plan.missed()).isPositive();
    assertThat(plan.next()).isNotNull();
  }

  @Test
  void an_interval_has_its_anchor_among_its_ticks() {
    Timing timing =
        new Timing(
            new Trigger.Interval(Duration.ofMinutes(7), START.plusSeconds(30)),
            ZoneId.of("UTC"),
            Gap.SKIP,
            Fold.FIRST,
            START,
            START.plusSeconds(1800),
            Duration.ZERO,
            List.of(),
            List.of());
    Ticks ticks = new Ticks(1, timing, Map.of(), List.of());

    assertThat(ticks.between(Instant.EPOCH.plusSeconds(1), START.plusSeconds(100_000), 100))
        .extracting(Tick::at)
        .containsExactly(
            START.plusSeconds(30),
            START.plusSeconds(450),
            START.plusSeconds(870),
            START.plusSeconds(1290),
            START.plusSeconds(1710));
  }
}
