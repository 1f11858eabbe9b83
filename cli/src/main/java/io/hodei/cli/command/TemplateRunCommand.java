package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.JobEnd;
import io.hodei.cli.client.JobTail;
import io.hodei.cli.output.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Makes a job from a template or prompt. */
@Command(
    name = "run",
    description = "Make a job of it with these values.",
    footer = {
      "",
      "Examples:",
      "  ${COMMAND-FULL-NAME} backup -p database=orders --follow",
      "  ${COMMAND-FULL-NAME} backup -p database=orders --dry-run -o json"
    })
final class TemplateRunCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ParentCommand private TemplateGroup group;
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = {"-p", "--parameter"},
      paramLabel = "NAME=VALUE",
      description = "The value of a parameter.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(names = "--at", paramLabel = "N", description = "Of this version (default: the newest).")
  private int version;

  @Option(names = "--name", paramLabel = "NAME", description = "Name of the job.")
  private @Nullable String jobName;

  @Option(names = "--label", paramLabel = "KEY=VALUE", description = "One more label of the job.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(names = "--priority", paramLabel = "LANE", description = "HIGH, NORMAL or LOW.")
  private @Nullable String priority;

  @Option(
      names = {"-f", "--follow"},
      description = "Show its output and end with its exit code.")
  private boolean follow;

  @Option(names = "--dry-run", description = "Show the job, make none.")
  private boolean dryRun;

  @Parameters(paramLabel = "TEMPLATE", description = "The name of what shall run.")
  private String name = "";

  @Override
  public Integer call() {
    Api api = server.api();
    Json job = api.post(group.path(name) + (dryRun ? ":preview" : ":run"), request());
    if (!follow || dryRun) {
      output.one(job, Views.JOBS);
      return ExitCode.OK;
    }
    JobTail tail =
        new JobTail(
            api,
            job.string("id"),
            OptionalLong.empty(),
            new StandardStreams(Set.of("stdout", "stderr")),
            state -> {},
            PATIENCE);
    return JobEnd.exitCode(tail.follow());
  }

  private Json request() {
    Map<String, @Nullable Object> body = Json.object();
    body.put("parameters", parameters);
    if (version > 0) {
      body.put("version", version);
    }
    if (jobName != null) {
      body.put("name", jobName);
    }
    if (!labels.isEmpty()) {
      body.put("labels", labels);
    }
    if (priority != null) {
      body.put("priority", priority);
    }
    return new Json(body);
  }
}
