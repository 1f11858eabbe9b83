package io.hodei.external.control;

import io.hodei.external.entity.ExternalTask;
import io.hodei.external.entity.Outcome;
import io.hodei.external.entity.Phase;
import io.hodei.jobs.entity.CloudRunSpec;
import io.hodei.jobs.entity.EndReport;
import io.hodei.json.Json;
import io.hodei.json.JsonWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Executes jobs that are executions of jobs of Cloud Run. The API has no idempotency keys, so each
 * execution gets its attempt's key as a variable, by which it is found again. Safe for threads.
 */
final class CloudRunExecutor implements Executor {
  static final String KEY = "HODEI_ATTEMPT";
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 10;
  private static final Duration END_PATIENCE = Duration.ofMinutes(10);
  private static final Duration END_INTERVAL = Duration.ofSeconds(2);

  private final CloudRun api;
  private final Set<String> allowed;
  private final Duration patience;

  /**
   * An executor.
   *
   * @param allowed {@code tenant:project} or {@code *:project}
   */
  CloudRunExecutor(CloudRun api, Set<String> allowed, Duration patience) {
    this.api = api;
    this.allowed = Set.copyOf(allowed);
    this.patience = patience;
  }

  @Override
  public String host(ExternalTask task) {
    return "cloud-run/" + spec(task).region();
  }

  @Override
  public Outcome start(ExternalTask task) {
    CloudRunSpec spec = spec(task);
    if (!allowed.contains(task.tenant() + ":" + spec.project())
        && !allowed.contains("*:" + spec.project())) {
      return Outcome.failed(
          "The tenant %s may not run jobs of the project %s. An administrator can allow it by hodei.cloud-run.allow."
              .formatted(task.tenant(), spec.project()));
    }
    try {
      Optional<String> before = task.looks() > 1 ? find(task) : Optional.empty();
      if (before.isPresent()) {
        return new Outcome.Running(before.get(), null, spec.interval());
      }
      CloudRun.Reply reply =
          api.post(task.key(), spec.jobName() + ":run", request(task.key(), spec));
      if (reply.isBusy()) {
        return busy(task, reply);
      }
      if (reply.status() != 200) {
        return refused(reply);
      }
      // Without a name it is looked for by its key, at the next try.
      return reply.body().members().get("metadata") instanceof Json.Obj execution
              && execution.members().get("name") instanceof Json.Text name
              && belongs(name.value(), spec)
          ? new Outcome.Running(name.value(), null, spec.interval())
          : new Outcome.PutOff(BackOff.SHORTEST, "Cloud Run has not named the execution yet");
    } catch (CallFailed e) {
      return new Outcome.PutOff(delay(task, null), e.sentence());
    }
  }

  @Override
  public Outcome look(ExternalTask task) {
    try {
      CloudRun.Reply reply = api.get(task.key(), Objects.requireNonNull(task.executionName()));
      if (reply.isBusy() || reply.status() == 401) {
        return busy(task, reply);
      }
      if (reply.status() != 200) {
        return refused(reply);
      }
      return completed(reply.body())
          .map(condition -> ended(task, reply.body(), condition))
          .orElseGet(() -> new Outcome.Running(null, null, spec(task).interval()));
    } catch (CallFailed e) {
      return new Outcome.PutOff(delay(task, null), e.sentence());
    }
  }

  /** Asks for its end and waits for it, so that no next attempt runs beside it. */
  @Override
  public Outcome cancel(ExternalTask task) {
    try {
      String name = task.executionName();
      Optional<String> found = name == null ? find(task) : Optional.of(name);
      if (found.isEmpty()) {
        return over(task, "");
      }
      CloudRun.Reply reply = api.get(task.key(), found.get());
      if (reply.status() == 404) {
        return over(task, "");
      }
      Optional<Json.Obj> condition = completed(reply.body());
      if (reply.status() == 200 && condition.isPresent()) {
        return text(condition.get(), "state").equals("CONDITION_SUCCEEDED")
            ? ended(task, reply.body(), condition.get())
            : over(task, "");
      }
      CloudRun.Reply cancelled =
          api.post(task.key(), found.get() + ":cancel", new Json.Obj(Map.of()));
      return waits(
          task,
          cancelled.status() == 200
              ? "Cloud Run ends the execution"
              : "Cloud Run answered %d to cancel".formatted(cancelled.status()));
    } catch (CallFailed e) {
      return waits(task, e.sentence());
    }
  }

  private Outcome waits(ExternalTask task, String why) {
    return task.putOff().compareTo(END_PATIENCE) > 0
        ? over(task, "It is not known whether the execution has ended: " + why)
        : new Outcome.PutOff(END_INTERVAL, why);
  }

  private static Outcome over(ExternalTask task, String reason) {
    return task.phase() == Phase.CANCELLING
        ? Outcome.ended(EndReport.Outcome.CANCELLED, reason)
        : Outcome.ended(
            EndReport.Outcome.RUN_TIMEOUT,
            reason.isEmpty() ? "It did not end within its run timeout." : reason);
  }

  private static Json.Obj request(String key, CloudRunSpec spec) {
    List<Json> variables = new ArrayList<>();
    spec.environment().forEach((name, value) -> variables.add(variable(name, value)));
    variables.add(variable(KEY, key));
    Map<String, Json> container = new LinkedHashMap<>();
    if (spec.container() != null) {
      container.put("name", new Json.Text(spec.container()));
    }
    List<String> args = spec.args();
    if (args != null) {
      container.put("args", new Json.Arr(args.stream().<Json>map(Json.Text::new).toList()));
      if (args.isEmpty()) {
        container.put("clearArgs", new Json.Bool(true));
      }
    }
    container.put("env", new Json.Arr(variables));
    Map<String, Json> overrides = new LinkedHashMap<>();
    overrides.put("containerOverrides", new Json.Arr(List.of(new Json.Obj(container))));
    if (spec.taskCount() != null) {
      overrides.put("taskCount", new Json.Num(spec.taskCount().toString()));
    }
    if (spec.taskTimeout() != null) {
      overrides.put("timeout", new Json.Text(spec.taskTimeout().toSeconds() + "s"));
    }
    return new Json.Obj(Map.of("overrides", new Json.Obj(overrides)));
  }

  private static Json variable(String name, String value) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("name", new Json.Text(name));
    members.put("value", new Json.Text(value));
    return new Json.Obj(members);
  }

  /** The execution that was begun for this attempt, among the newest of the job. */
  private Optional<String> find(ExternalTask task) throws CallFailed {
    CloudRunSpec spec = spec(task);
    String page = "";
    for (int i = 0; i < MOST_PAGES; i++) {
      CloudRun.Reply reply =
          api.get(
              task.key(),
              spec.jobName()
                  + "/executions?pageSize="
                  + PAGE
                  + (page.isEmpty()
                      ? ""
                      : "&pageToken=" + URLEncoder.encode(page, StandardCharsets.UTF_8)));
      if (reply.status() != 200) {
        throw new CallFailed(
            CallFailed.Kind.BROKEN,
            "Cloud Run answered %d to the search for the execution: %s"
                .formatted(reply.status(), reply.message()));
      }
      for (Json execution : items(reply.body(), "executions")) {
        if (execution instanceof Json.Obj object
            && hasKey(object, task.key())
            && belongs(text(object, "name"), spec)) {
          return Optional.of(text(object, "name"));
        }
      }
      page = text(reply.body(), "nextPageToken");
      if (page.isEmpty()) {
        break;
      }
    }
    return Optional.empty();
  }

  private static boolean hasKey(Json.Obj execution, String key) {
    if (!(execution.members().get("template") instanceof Json.Obj template)) {
      return false;
    }
    return items(template, "containers").stream()
        .filter(Json.Obj.class::isInstance)
        .flatMap(container -> items((Json.Obj) container, "env").stream())
        .anyMatch(
            variable ->
                variable instanceof Json.Obj object
                    && text(object, "name").equals(KEY)
                    && text(object, "value").equals(key));
  }

  /** A name is put into addresses, so it must be one. The project may be there as its number. */
  private static boolean belongs(String name, CloudRunSpec spec) {
    return name.matches(
        "projects/[a-z0-9.:-]+/locations/%s/jobs/%s/executions/[a-z0-9-]+"
            .formatted(
                java.util.regex.Pattern.quote(spec.region()),
                java.util.regex.Pattern.quote(spec.job())));
  }

  /** The condition that says how it ended; empty while it goes on. */
  private static Optional<Json.Obj> completed(Json.Obj execution) {
    return items(execution, "conditions").stream()
        .filter(Json.Obj.class::isInstance)
        .map(Json.Obj.class::cast)
        .filter(condition -> text(condition, "type").equals("Completed"))
        .filter(
            condition ->
                text(condition, "state").equals("CONDITION_SUCCEEDED")
                    || text(condition, "state").equals("CONDITION_FAILED"))
        .findFirst();
  }

  private static Outcome ended(ExternalTask task, Json.Obj execution, Json.Obj condition) {
    boolean succeeded = text(condition, "state").equals("CONDITION_SUCCEEDED");
    String message = text(condition, "message");
    String logs = text(execution, "logUri");
    Map<String, Json> result = new LinkedHashMap<>();
    result.put("execution", new Json.Text(Objects.requireNonNullElse(task.executionName(), "")));
    for (String count : List.of("succeededCount", "failedCount", "cancelledCount")) {
      Json value = execution.members().get(count);
      if (value != null) {
        result.put(count, value);
      }
    }
    if (!logs.isEmpty()) {
      result.put("logUri", new Json.Text(logs));
    }
    return new Outcome.Ended(
        EndReport.Outcome.EXITED,
        succeeded ? 0 : 1,
        succeeded ? "" : message.isEmpty() ? "The execution failed." : message,
        new byte[0],
        0,
        "%s: %s%s\n"
            .formatted(
                task.executionName(),
                message.isEmpty() ? text(condition, "state") : message,
                logs.isEmpty() ? "" : "\nIts output: " + logs),
        new JsonWriter().value(new Json.Obj(result)).toString());
  }

  private Outcome busy(ExternalTask task, CloudRun.Reply reply) {
    return new Outcome.PutOff(
        delay(task, reply.retryAfter()),
        "Cloud Run answered %d: %s".formatted(reply.status(), reply.message()));
  }

  private static Outcome refused(CloudRun.Reply reply) {
    return Outcome.failed("Cloud Run answered %d: %s".formatted(reply.status(), reply.message()));
  }

  private Duration delay(ExternalTask task, @Nullable String retryAfter) {
    return BackOff.of(task.putOff(), retryAfter, Instant.now(), patience);
  }

  private static CloudRunSpec spec(ExternalTask task) {
    return (CloudRunSpec) Objects.requireNonNull(task.spec().external());
  }

  private static List<Json> items(Json.Obj object, String name) {
    return object.members().get(name) instanceof Json.Arr array ? array.items() : List.of();
  }

  private static String text(Json.Obj object, String name) {
    return object.members().get(name) instanceof Json.Text text ? text.value() : "";
  }
}
