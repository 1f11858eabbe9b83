package io.hodei.jobs.entity;

import io.hodei.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An execution of a job of Cloud Run.
 *
 * @param project id or number
 * @param container whose arguments and environment are replaced; null: the only one
 * @param args null: those of the job
 * @param environment added to that of the job
 * @param taskCount null: that of the job
 * @param taskTimeout of each task; null: that of the job
 * @param interval between two looks at the execution
 */
public record CloudRunSpec(
    String project,
    String region,
    String job,
    @Nullable String container,
    @Nullable List<String> args,
    Map<String, String> environment,
    @Nullable Integer taskCount,
    @Nullable Duration taskTimeout,
    Duration interval)
    implements ExternalSpec {
  public static final String EXECUTOR = "cloud-run";
  public static final String MEMBER = "cloudRun";
  public static final Duration INTERVAL = Duration.ofSeconds(10);

  /** {@code projects/…/locations/…/jobs/…}. */
  public String jobName() {
    return "projects/%s/locations/%s/jobs/%s".formatted(project, region, job);
  }

  @Override
  public String executor() {
    return EXECUTOR;
  }

  @Override
  public String member() {
    return MEMBER;
  }

  @Override
  public Json.Obj document() {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("project", new Json.Text(project));
    members.put("region", new Json.Text(region));
    members.put("job", new Json.Text(job));
    if (container != null) {
      members.put("container", new Json.Text(container));
    }
    if (args != null) {
      members.put("args", new Json.Arr(args.stream().<Json>map(Json.Text::new).toList()));
    }
    if (!environment.isEmpty()) {
      Map<String, Json> variables = new LinkedHashMap<>();
      environment.forEach((name, value) -> variables.put(name, new Json.Text(value)));
      members.put("environment", new Json.Obj(variables));
    }
    if (taskCount != null) {
      members.put("taskCount", new Json.Num(taskCount.toString()));
    }
    if (taskTimeout != null) {
      members.put("taskTimeout", new Json.Text(taskTimeout.toString()));
    }
    if (!interval.equals(INTERVAL)) {
      members.put("interval", new Json.Text(interval.toString()));
    }
    return new Json.Obj(members);
  }

  /** Reads what {@link #document} wrote. */
  public static CloudRunSpec of(Json.Obj document) {
    Map<String, String> environment = new LinkedHashMap<>();
    if (document.members().get("environment") instanceof Json.Obj variables) {
      variables
          .members()
          .forEach((name, value) -> environment.put(name, ((Json.Text) value).value()));
    }
    return new CloudRunSpec(
        HttpSpec.someText(document, "project"),
        HttpSpec.someText(document, "region"),
        HttpSpec.someText(document, "job"),
        HttpSpec.text(document, "container"),
        document.members().get("args") instanceof Json.Arr args
            ? args.items().stream().map(item -> ((Json.Text) item).value()).toList()
            : null,
        environment,
        document.members().get("taskCount") instanceof Json.Num count
            ? Integer.valueOf(count.literal())
            : null,
        document.members().containsKey("taskTimeout")
            ? HttpSpec.duration(document, "taskTimeout", INTERVAL)
            : null,
        HttpSpec.duration(document, "interval", INTERVAL));
  }
}
