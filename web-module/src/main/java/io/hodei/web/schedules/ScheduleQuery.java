package io.hodei.web.schedules;

import io.hodei.schedules.entity.ScheduleFilter;
import io.hodei.schedules.entity.ScheduleState;
import io.hodei.web.http.Query;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the filters of lists. */
final class ScheduleQuery {
  static final List<String> FIRING_STATES =
      List.of(
          "STARTED",
          "BUFFERED",
          "SKIPPED",
          "REFUSED",
          "SUCCEEDED",
          "FAILED",
          "TIMED_OUT",
          "CANCELLED",
          "EXPIRED",
          "DELETED");
  static final List<String> BACKFILL_STATES =
      List.of("RUNNING", "SUCCEEDED", "FAILED", "CANCELLED");

  private ScheduleQuery() {}

  static ScheduleFilter filter(Query query) {
    String state = oneOf(query, "state", List.of("ACTIVE", "PAUSED", "ENDED"));
    String name = query.text("name");
    if (name != null && (name.isEmpty() || name.length() > 64)) {
      query.errors().add("?name", "must be a name, or the beginning of one and *");
    }
    return new ScheduleFilter(
        state.isEmpty() ? null : ScheduleState.valueOf(state), name, query.instant("dueBefore"));
  }

  /** One of the words; empty when it is not asked for. */
  static String oneOf(Query query, String parameter, List<String> words) {
    String text = query.text(parameter);
    if (text == null || words.contains(text)) {
      return text == null ? "" : text;
    }
    query.errors().add("?" + parameter, "must be one of " + words);
    return "";
  }

  static Set<String> fields(@Nullable String text, Query query) {
    if (text == null) {
      return Set.copyOf(ScheduleOutput.FIELDS);
    }
    Set<String> fields = new HashSet<>();
    for (String name : text.split(",", -1)) {
      if (ScheduleOutput.FIELDS.contains(name)) {
        fields.add(name);
      } else {
        query
            .errors()
            .add("?fields", "must be names from " + ScheduleOutput.FIELDS + " with commas");
      }
    }
    return fields;
  }
}
