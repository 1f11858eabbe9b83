package io.hodei.pipelines.control;

import io.hodei.jobs.boundary.JobInput;
import io.hodei.jobs.entity.RetryPolicy;
import io.hodei.jobs.entity.Timeouts;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the jobs of all steps that do not say it themselves.
 *
 * @param job members of a job
 * @param executor null: the one a job has by itself
 */
record Defaults(Json.Obj job, @Nullable String executor) {
  static Defaults read(JsonFields document) {
    String executor = document.text("executor", 20);
    if (executor != null && !JobInput.isExecutor(executor)) {
      document.refuse("executor", "must be process, noop, container, http or cloud-run");
    }
    if (!(document.any("defaults") instanceof Json.Obj job)) {
      document.object("defaults");
      return new Defaults(new Json.Obj(Map.of()), executor);
    }
    JsonFields given = document.object("defaults");
    if (given != null) {
      JsonFields fields = given.with(Placeholders.aside(job));
      JobInput.pool(fields);
      JobInput.labels(fields, "requires");
      JobInput.labels(fields, "labels");
      JobInput.priority(fields);
      JobInput.timeouts(fields, Timeouts.NONE);
      JobInput.retry(fields, RetryPolicy.NONE);
      fields.finish();
    }
    return new Defaults(job, executor);
  }

  /** A job with what it does not say itself; labels and requirements are joined key by key. */
  Json.Obj into(Json.Obj own) {
    Map<String, Json> members = new LinkedHashMap<>(job.members());
    own.members()
        .forEach(
            (name, value) -> {
              boolean joined = name.equals("labels") || name.equals("requires");
              if (joined
                  && value instanceof Json.Obj mine
                  && members.get(name) instanceof Json.Obj common) {
                Map<String, Json> both = new LinkedHashMap<>(common.members());
                both.putAll(mine.members());
                members.put(name, new Json.Obj(both));
              } else {
                members.put(name, value);
              }
            });
    return new Json.Obj(members);
  }

  /** The job with the executor of the pipeline, when it names none. */
  Json.Obj withExecutor(Json.Obj own) {
    if (executor == null
        || !(own.members().get("spec") instanceof Json.Obj spec)
        || spec.members().containsKey("executor")
        || spec.members().containsKey("image")) {
      return own;
    }
    Map<String, Json> parts = new LinkedHashMap<>(spec.members());
    parts.put("executor", new Json.Text(executor));
    Map<String, Json> members = new LinkedHashMap<>(own.members());
    members.put("spec", new Json.Obj(parts));
    return new Json.Obj(members);
  }
}
