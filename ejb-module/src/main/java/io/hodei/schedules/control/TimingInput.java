package io.hodei.schedules.control;

import io.hodei.json.JsonFields;
import io.hodei.platform.Words;
import io.hodei.schedules.entity.Timing;
import io.hodei.schedules.entity.Timing.Fold;
import io.hodei.schedules.entity.Timing.Gap;
import io.hodei.schedules.entity.Trigger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads when a schedule fires. */
final class TimingInput {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(3660);
  private static final Duration LONGEST_JITTER = Duration.ofDays(1);
  private static final int MOST_CALENDARS = 20;
  private static final List<String> KINDS = List.of("cron", "every", "delay", "at");

  private TimingInput() {}

  static Timing read(JsonFields fields, Instant anchor) {
    ZoneId zone = zone(fields);
    Instant start = fields.instant("start");
    Instant end = fields.instant("end");
    if (start != null && end != null && !end.isAfter(start)) {
      fields.refuse("end", "is not after start");
    }
    Duration jitter = fields.duration("jitter", Duration.ZERO, LONGEST_JITTER);
    Trigger trigger = trigger(fields, start == null ? anchor : start);
    JsonFields dst = fields.object("dst");
    Gap gap = dst == null ? null : dst.oneOf("gap", Gap.class);
    Fold fold = dst == null ? null : dst.oneOf("overlap", Fold.class);
    if (dst != null) {
      dst.finish();
    }
    JsonFields calendars = fields.object("calendars");
    List<String> include = names(calendars, "include");
    List<String> exclude = names(calendars, "exclude");
    if (calendars != null) {
      calendars.finish();
    }
    return new Timing(
        trigger,
        zone,
        gap == null ? Gap.RUN_AT_NEXT_VALID : gap,
        fold == null ? Fold.FIRST : fold,
        start,
        end,
        jitter == null ? Duration.ZERO : jitter,
        include,
        exclude);
  }

  /** A region: an offset would not follow the clocks that people see. */
  static ZoneId zone(JsonFields fields) {
    String name = fields.text("zone", 60);
    if (name == null) {
      return ZoneOffset.UTC.normalized();
    }
    try {
      if (name.equals("UTC") || name.equals("Z")) {
        return ZoneOffset.UTC;
      }
      if (ZoneId.getAvailableZoneIds().contains(name)) {
        return ZoneId.of(name);
      }
    } catch (DateTimeException e) {
      // The sentence below says it.
    }
    fields.refuse("zone", "is not a time zone; write a region such as Europe/Berlin, or UTC");
    return ZoneOffset.UTC;
  }

  private static Trigger trigger(JsonFields fields, Instant anchor) {
    List<String> given = new ArrayList<>();
    KINDS.forEach(
        kind -> {
          if (fields.any(kind) != null) {
            given.add(kind);
          }
        });
    if (given.size() != 1) {
      String message =
          "is required: exactly one of cron, every (interval), delay (after the end of the last job) or at (once)";
      fields.refuse(
          given.isEmpty() ? "cron" : given.getLast(),
          given.isEmpty() ? message : "cannot be given together with " + given.getFirst());
      return new Trigger.Once(anchor);
    }
    Instant own = fields.instant("anchor");
    if (fields.mentions("anchor") && (given.contains("cron") || given.contains("at"))) {
      fields.refuse("anchor", "goes with every or delay only");
    }
    Instant from = own == null ? anchor : own;
    return switch (given.getFirst()) {
      case "cron" -> cron(fields);
      case "every" -> new Trigger.Interval(duration(fields, "every"), from);
      case "delay" -> new Trigger.FixedDelay(duration(fields, "delay"), from);
      default -> once(fields, anchor);
    };
  }

  private static Trigger cron(JsonFields fields) {
    String expression = fields.text("cron", 300);
    if (expression != null) {
      try {
        Cron.of(expression);
      } catch (IllegalArgumentException e) {
        fields.refuse("cron", String.valueOf(e.getMessage()));
      }
    }
    return new Trigger.Cron(expression == null ? "@yearly" : expression.strip());
  }

  private static Trigger once(JsonFields fields, Instant otherwise) {
    Instant at = fields.instant("at");
    return new Trigger.Once(at == null ? otherwise : at);
  }

  private static Duration duration(JsonFields fields, String name) {
    Duration given = fields.duration(name, SHORTEST, LONGEST);
    return given == null ? SHORTEST : given;
  }

  private static List<String> names(@Nullable JsonFields calendars, String member) {
    List<String> names = calendars == null ? null : calendars.texts(member, MOST_CALENDARS, 63);
    if (calendars == null || names == null) {
      return List.of();
    }
    for (String name : names) {
      if (!Words.isPool(name)) {
        calendars.refuse(member, "has a name that no calendar can have: " + name);
      }
    }
    return List.copyOf(names);
  }
}
