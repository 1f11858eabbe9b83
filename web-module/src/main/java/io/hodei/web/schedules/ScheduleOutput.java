package io.hodei.web.schedules;

import io.hodei.json.JsonWriter;
import io.hodei.schedules.boundary.ScheduleDocuments;
import io.hodei.schedules.boundary.ScheduleLookup.Preview;
import io.hodei.schedules.entity.Backfill;
import io.hodei.schedules.entity.Calendar;
import io.hodei.schedules.entity.Firing;
import io.hodei.schedules.entity.Freeze;
import io.hodei.schedules.entity.Schedule;
import io.hodei.schedules.entity.Tick;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;

/** Schedules and what belongs to them as JSON. */
final class ScheduleOutput {
  /** The members that a list can be asked for. */
  static final List<String> FIELDS =
      List.of(
          "id",
          "name",
          "state",
          "nextRunAt",
          "lastTick",
          "reason",
          "failures",
          "fired",
          "missed",
          "definition",
          "createdAt",
          "updatedAt",
          "version");

  private ScheduleOutput() {}

  static JsonWriter of(Schedule schedule) {
    JsonWriter out = new JsonWriter(1024);
    write(out, schedule, Set.copyOf(FIELDS));
    return out;
  }

  static void write(JsonWriter out, Schedule schedule, Set<String> fields) {
    out.object();
    out.id("id", fields.contains("id") ? schedule.id() : null);
    out.member("name", fields.contains("name") ? schedule.name() : null);
    out.member("state", fields.contains("state") ? schedule.state() : null);
    out.member("nextTick", fields.contains("nextRunAt") ? schedule.nextTick() : null);
    out.member("nextRunAt", fields.contains("nextRunAt") ? schedule.nextRunAt() : null);
    out.member("lastTick", fields.contains("lastTick") ? schedule.lastTick() : null);
    out.member("reason", fields.contains("reason") ? schedule.reason() : null);
    out.member("failures", fields.contains("failures") ? (Integer) schedule.failures() : null);
    out.member("fired", fields.contains("fired") ? (Long) schedule.fired() : null);
    out.member("missed", fields.contains("missed") ? (Long) schedule.missed() : null);
    if (fields.contains("definition")) {
      ScheduleDocuments.write(out, schedule.definition());
    }
    out.member("createdAt", fields.contains("createdAt") ? schedule.createdAt() : null);
    out.member("updatedAt", fields.contains("updatedAt") ? schedule.updatedAt() : null);
    out.member("version", fields.contains("version") ? (Integer) schedule.version() : null);
    out.endObject();
  }

  static JsonWriter of(Preview preview) {
    JsonWriter out =
        new JsonWriter(4096)
            .object()
            .member("schedule", preview.schedule().name())
            .member("from", preview.from())
            .member("to", preview.to())
            .array("items");
    for (Tick tick : preview.ticks()) {
      out.object()
          .member("tick", tick.at())
          .member("due", tick.due())
          .member("localTime", DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(tick.wall()))
          .member("fires", (Boolean) tick.fires())
          .texts("flags", tick.flags().stream().map(Enum::name).toList())
          .endObject();
    }
    return out.endArray().member("more", (Boolean) preview.more()).endObject();
  }

  static JsonWriter of(Firing firing) {
    JsonWriter out = new JsonWriter();
    write(out, firing);
    return out;
  }

  static void write(JsonWriter out, Firing firing) {
    out.object()
        .id("id", firing.id())
        .id("schedule", firing.scheduleId())
        .id("backfill", firing.backfillId() == 0 ? null : firing.backfillId())
        .member("tick", firing.tick())
        .member("kind", firing.kind())
        .member("state", firing.state())
        .id("job", firing.jobId())
        .id("run", firing.runId())
        .member("reason", firing.reason())
        .member("firedAt", firing.firedAt())
        .member("endedAt", firing.endedAt())
        .endObject();
  }

  static JsonWriter of(Backfill backfill) {
    JsonWriter out = new JsonWriter();
    write(out, backfill);
    return out;
  }

  static void write(JsonWriter out, Backfill backfill) {
    int done = backfill.skipped() + backfill.succeeded() + backfill.failed();
    out.object()
        .id("id", backfill.id())
        .member("schedule", backfill.schedule())
        .member("state", backfill.state())
        .member("from", backfill.from())
        .member("to", backfill.to())
        .member("cursor", backfill.cursor())
        .member("concurrency", (Integer) backfill.concurrency())
        .member("continueOnFailure", (Boolean) backfill.continueOnFailure())
        .member("reprocess", (Boolean) backfill.reprocess())
        .member("total", (Integer) backfill.total())
        .member("started", (Integer) backfill.started())
        .member("skipped", (Integer) backfill.skipped())
        .member("succeeded", (Integer) backfill.succeeded())
        .member("failed", (Integer) backfill.failed())
        .member(
            "progress",
            backfill.total() == 0 ? 1.0 : Math.min(1.0, (double) done / backfill.total()))
        .member("reason", backfill.reason())
        .member("createdAt", backfill.createdAt())
        .member("endedAt", backfill.endedAt())
        .endObject();
  }

  static JsonWriter of(Calendar calendar) {
    JsonWriter out = new JsonWriter();
    write(out, calendar);
    return out;
  }

  static void write(JsonWriter out, Calendar calendar) {
    out.object().member("name", calendar.name());
    ScheduleDocuments.write(out, calendar.days());
    out.member("version", (Integer) calendar.version())
        .member("updatedAt", calendar.updatedAt())
        .endObject();
  }

  static JsonWriter of(Freeze freeze) {
    JsonWriter out = new JsonWriter();
    write(out, freeze);
    return out;
  }

  static void write(JsonWriter out, Freeze freeze) {
    out.object()
        .id("id", freeze.id())
        .member("everything", (Boolean) freeze.everything())
        .member("reason", freeze.reason())
        .member("who", freeze.who())
        .member("from", freeze.from())
        .member("until", freeze.until())
        .endObject();
  }
}
