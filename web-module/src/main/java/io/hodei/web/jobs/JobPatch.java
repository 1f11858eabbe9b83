package io.hodei.web.jobs;

import io.hodei.jobs.boundary.JobInput;
import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobEdit;
import io.hodei.jobs.entity.Priority;
import io.hodei.jobs.entity.RetryPolicy;
import io.hodei.jobs.entity.Timeouts;
import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.web.http.JsonBody;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a merge patch (RFC 7396) of a job: null takes a part back to what it is by default. */
final class JobPatch {
  private JobPatch() {}

  static JobEdit read(JsonBody body, Job before) {
    FieldErrors errors = new FieldErrors();
    JsonFields fields = body.fields(errors);
    String name = fields.mentions("name") ? JobInput.name(fields) : null;
    Priority priority = fields.mentions("priority") ? priority(fields) : null;
    Map<String, String> labels = fields.mentions("labels") ? labels(fields, body, before) : null;
    Instant availableAt = fields.mentions("availableAt") ? availableAt(fields) : null;
    Timeouts timeouts =
        fields.mentions("timeouts") ? JobInput.timeouts(fields, before.spec().timeouts()) : null;
    RetryPolicy retry =
        fields.mentions("retry") ? JobInput.retry(fields, before.spec().retry()) : null;
    String pool = fields.mentions("pool") ? pool(fields) : null;
    fields.finish();
    errors.refuse();
    return new JobEdit(name, priority, labels, availableAt, timeouts, retry, pool);
  }

  private static Priority priority(JsonFields fields) {
    Priority priority = JobInput.priority(fields);
    return priority == null ? Priority.NORMAL : priority;
  }

  private static String pool(JsonFields fields) {
    String pool = JobInput.pool(fields);
    return pool == null ? JobInput.DEFAULT_POOL : pool;
  }

  /** Null makes it due now. */
  private static Instant availableAt(JsonFields fields) {
    Instant given = fields.instant("availableAt");
    return given == null ? Instant.EPOCH : given;
  }

  private static Map<String, String> labels(JsonFields fields, JsonBody body, Job before) {
    Map<String, String> merged = new LinkedHashMap<>(before.labels());
    Json given = body.value() instanceof Json.Obj all ? all.members().get("labels") : null;
    if (given instanceof Json.Null) {
      fields.any("labels");
      return Map.of();
    }
    Map<String, String> changed = JobInput.labels(withoutNulls(fields, given, merged), "labels");
    fields.any("labels");
    if (changed != null) {
      merged.putAll(changed);
    }
    return merged;
  }

  /** Takes the labels out that the patch sets to null, and gives the rest. */
  private static JsonFields withoutNulls(
      JsonFields fields, @Nullable Json given, Map<String, String> merged) {
    if (!(given instanceof Json.Obj object)) {
      return fields;
    }
    Map<String, Json> rest = new LinkedHashMap<>();
    object
        .members()
        .forEach(
            (key, value) -> {
              if (value instanceof Json.Null) {
                merged.remove(key);
              } else {
                rest.put(key, value);
              }
            });
    return fields.with(new Json.Obj(Map.of("labels", new Json.Obj(rest))));
  }
}
