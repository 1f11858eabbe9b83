package io.hodei.schedules.control;

import io.hodei.json.JsonFields;
import io.hodei.platform.Words;
import io.hodei.schedules.entity.Misfire;
import io.hodei.schedules.entity.OverlapPolicy;
import io.hodei.schedules.entity.ScheduleDefinition;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads what a person says about a schedule; what is wrong goes to the errors of the fields. */
public final class ScheduleInput {
  private static final int LONGEST_DESCRIPTION = 500;
  private static final int MOST_MADE_UP_FOR = 1_000;
  private static final Duration LONGEST_WINDOW = Duration.ofDays(30);

  private ScheduleInput() {}

  /**
   * Reads all members but the name.
   *
   * @param name the schedule's, for jobs that have none of their own
   * @param anchor where intervals begin that say nothing about it
   */
  public static ScheduleDefinition read(JsonFields fields, String name, Instant anchor) {
    String description = fields.text("description", LONGEST_DESCRIPTION);
    OverlapPolicy overlap = fields.oneOf("overlap", OverlapPolicy.class);
    Long pauseAfter = fields.integer("pauseAfterFailures", 0, 10_000);
    ScheduleDefinition definition =
        new ScheduleDefinition(
            description,
            TimingInput.read(fields, anchor),
            overlap == null ? OverlapPolicy.SKIP : overlap,
            misfire(fields),
            pauseAfter == null ? 0 : pauseAfter.intValue(),
            tickVariable(fields),
            TargetInput.read(fields, name));
    fields.finish();
    return definition;
  }

  /** The name: of letters, digits, dots, hyphens and underscores. */
  public static String name(JsonFields fields) {
    String name = fields.requiredText("name", 63);
    if (!name.isBlank() && !Words.isPool(name)) {
      fields.refuse(
          "name",
          "must be 1 to 63 letters, digits, dots, hyphens or underscores, not begin with a mark");
    }
    return name;
  }

  private static Misfire misfire(JsonFields fields) {
    JsonFields parts = fields.object("misfire");
    if (parts == null) {
      return Misfire.DEFAULT;
    }
    Duration window = parts.duration("window", Duration.ZERO, LONGEST_WINDOW);
    Long maximum = parts.integer("maximum", 0, MOST_MADE_UP_FOR);
    parts.finish();
    return new Misfire(
        window == null ? Misfire.DEFAULT.window() : window,
        maximum == null ? Misfire.DEFAULT.maximum() : maximum.intValue());
  }

  private static @Nullable String tickVariable(JsonFields fields) {
    String variable = fields.text("tickVariable", 255);
    if (variable != null && (!Words.isVariable(variable) || variable.startsWith("HODEI_"))) {
      fields.refuse(
          "tickVariable",
          "is not the name of a variable: letters, digits and _, begins with no digit and not with HODEI_");
      return null;
    }
    return variable;
  }
}
