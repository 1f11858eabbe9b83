package io.hodei.schedules.control;

import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonReader;
import io.hodei.json.JsonWriter;
import io.hodei.schedules.entity.ScheduleDefinition;
import io.hodei.schedules.entity.Target.JobTarget;
import io.hodei.schedules.entity.Target.PipelineTarget;
import io.hodei.schedules.entity.Target.TemplateTarget;
import io.hodei.schedules.entity.Timing;
import io.hodei.schedules.entity.Trigger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A definition as JSON: what is stored, and what the API shows. */
public final class ScheduleDocument {
  private ScheduleDocument() {}

  /** Writes the members into the object that is open. */
  public static void write(JsonWriter out, ScheduleDefinition definition) {
    Timing timing = definition.timing();
    out.member("description", definition.description());
    trigger(out, timing.trigger());
    out.member("zone", timing.zone().getId().equals("Z") ? "UTC" : timing.zone().getId());
    out.object("dst").member("gap", timing.gap()).member("overlap", timing.fold()).endObject();
    out.member("start", timing.start()).member("end", timing.end());
    if (!timing.jitter().isZero()) {
      out.member("jitter", timing.jitter());
    }
    if (!timing.include().isEmpty() || !timing.exclude().isEmpty()) {
      out.object("calendars")
          .texts("include", timing.include())
          .texts("exclude", timing.exclude())
          .endObject();
    }
    out.member("overlap", definition.overlap());
    out.object("misfire")
        .member("window", definition.misfire().window())
        .member("maximum", definition.misfire().maximum())
        .endObject();
    out.member("pauseAfterFailures", definition.pauseAfterFailures());
    out.member("tickVariable", definition.tickVariable());
    out.object("target");
    switch (definition.target()) {
      case JobTarget job -> write(out.name("job"), job.document());
      case TemplateTarget of ->
          reference(out.object("template"), of.template(), of.version(), of.parameters());
      case PipelineTarget of ->
          reference(out.object("pipeline"), of.pipeline(), of.version(), of.parameters());
    }
    out.endObject();
  }

  private static void reference(
      JsonWriter out, String name, @Nullable Integer version, Map<String, Json> parameters) {
    out.member("name", name);
    if (version != null) {
      out.member("version", version);
    }
    if (!parameters.isEmpty()) {
      write(out.name("parameters"), new Json.Obj(parameters));
    }
    out.endObject();
  }

  /** The text that is stored. */
  static String text(ScheduleDefinition definition) {
    JsonWriter out = new JsonWriter().object();
    write(out, definition);
    return out.endObject().toString();
  }

  /** Reads what was stored. */
  static ScheduleDefinition read(String text, String name) {
    FieldErrors errors = new FieldErrors();
    JsonFields fields = JsonFields.of(json(text), "", errors);
    ScheduleDefinition definition = ScheduleInput.read(fields, name, Instant.EPOCH);
    errors.refuse();
    return definition;
  }

  static Json json(String text) {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes any value. */
  static void write(JsonWriter out, Json json) {
    switch (json) {
      case Json.Obj object -> {
        out.object();
        object.members().forEach((name, value) -> write(out.name(name), value));
        out.endObject();
      }
      case Json.Arr array -> {
        out.array();
        array.items().forEach(item -> write(out, item));
        out.endArray();
      }
      case Json.Text text -> out.value(text.value());
      case Json.Num number -> out.raw(number.literal());
      case Json.Bool bool -> out.raw(String.valueOf(bool.value()));
      case Json.Null nothing -> out.raw("null");
    }
  }

  private static void trigger(JsonWriter out, Trigger trigger) {
    switch (trigger) {
      case Trigger.Cron cron -> out.member("cron", cron.expression());
      case Trigger.Interval interval ->
          out.member("every", interval.every()).member("anchor", interval.anchor());
      case Trigger.FixedDelay fixed ->
          out.member("delay", fixed.delay()).member("anchor", fixed.first());
      case Trigger.Once once -> out.member("at", once.at());
    }
  }
}
