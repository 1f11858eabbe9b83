package io.hodei.schedules.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.schedules.entity.Tick;
import io.hodei.schedules.entity.Timing;
import io.hodei.schedules.entity.Timing.Fold;
import io.hodei.schedules.entity.Timing.Gap;
import io.hodei.schedules.entity.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ticks against a walk over every minute of local time, through the rules of the zone and the
 * definition of cron.
 */
class TicksOracleTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2030, 12, 31);
  private static final int EXPRESSIONS = 60;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Berlin",
        "America/New_York",
        "Africa/Cairo",
        "Australia/Lord_Howe",
        "Pacific/Apia"
      })
  void every_tick_of_seven_years_is_the_one_by_definition(String name) {
    ZoneId zone = ZoneId.of(name);
    Random random = new Random(name.hashCode());
    for (int i = 0; i < EXPRESSIONS; i++) {
      String expression = i < 6 ? atTheJumps(i) : RandomCron.next(random);
      Gap gap = Gap.values()[random.nextInt(3)];
      Fold fold = Fold.values()[random.nextInt(3)];
      assertThat(computed(expression, zone, gap, fold))
          .as("%s in %s, %s %s", expression, zone, gap, fold)
          .isEqualTo(walked(expression, zone, gap, fold));
    }
  }

  /** What is sure to meet the jumps, whatever the dice say. */
  private static String atTheJumps(int i) {
    return List.of(
            "30 2 * * *",
            "*/20 1-3 * * *",
            "0 0 * * *",
            "15 0-4 * * SUN,FRI,SAT",
            "0 * * * *",
            "45 1 1-7 4,10 *")
        .get(i);
  }

  private static List<String> computed(String expression, ZoneId zone, Gap gap, Fold fold) {
    Timing timing =
        new Timing(
            new Trigger.Cron(expression),
            zone,
            gap,
            fold,
            null,
            null,
            Duration.ZERO,
            List.of(),
            List.of());
    Ticks ticks = new Ticks(1, timing, Map.of(), List.of());
    Instant from = FIRST.atStartOfDay(zone).toInstant();
    Instant to = LAST.atStartOfDay(zone).toInstant();
    return ticks.between(from, to, Integer.MAX_VALUE).stream()
        .map(
            tick ->
                text(
                    tick.at(),
                    tick.flags().contains(Tick.Flag.GAP),
                    tick.flags().contains(Tick.Flag.OVERLAP),
                    tick.fires()))
        .toList();
  }

  private static List<String> walked(String expression, ZoneId zone, Gap gap, Fold fold) {
    CronByDefinition cron = new CronByDefinition(expression);
    List<LocalDateTime> times = new ArrayList<>();
    LocalDateTime midnight = FIRST.atStartOfDay();
    for (int minute = 0; minute < 24 * 60; minute++) {
      if (cron.timeOfDay(midnight.plusMinutes(minute))) {
        times.add(midnight.plusMinutes(minute));
      }
    }
    TreeMap<Instant, String> found = new TreeMap<>();
    for (LocalDate date = FIRST.minusDays(1);
        date.isBefore(LAST.plusDays(1));
        date = date.plusDays(1)) {
      if (cron.date(date)) {
        for (LocalDateTime time : times) {
          add(found, date.atTime(time.toLocalTime()), zone.getRules(), gap, fold);
        }
      }
    }
    return List.copyOf(
        found
            .subMap(FIRST.atStartOfDay(zone).toInstant(), LAST.atStartOfDay(zone).toInstant())
            .values());
  }

  private static void add(
      Map<Instant, String> found, LocalDateTime wall, ZoneRules rules, Gap gap, Fold fold) {
    List<ZoneOffset> offsets = rules.getValidOffsets(wall);
    if (offsets.size() == 1) {
      put(found, wall.toInstant(offsets.getFirst()), false, false, true);
    } else if (offsets.isEmpty()) {
      ZoneOffsetTransition jump = rules.getTransition(wall);
      Instant at =
          gap == Gap.RUN_AT_NEXT_VALID ? wall.toInstant(jump.getOffsetBefore()) : jump.getInstant();
      put(found, at, true, false, gap != Gap.SKIP);
    } else {
      if (fold != Fold.SECOND) {
        put(found, wall.toInstant(offsets.get(0)), false, true, true);
      }
      if (fold != Fold.FIRST) {
        put(found, wall.toInstant(offsets.get(1)), false, true, true);
      }
    }
  }

  /** What falls on the same moment is one tick. */
  private static void put(
      Map<Instant, String> found, Instant at, boolean inGap, boolean inFold, boolean fires) {
    String before = found.getOrDefault(at, "");
    found.put(
        at,
        text(
            at,
            inGap || before.contains("gap"),
            inFold || before.contains("fold"),
            fires || before.contains("fires")));
  }

  private static String text(Instant at, boolean inGap, boolean inFold, boolean fires) {
    return at + (inGap ? " gap" : "") + (inFold ? " fold" : "") + (fires ? " fires" : "");
  }
}
