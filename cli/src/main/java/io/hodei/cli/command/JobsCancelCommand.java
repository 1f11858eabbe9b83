package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import io.hodei.cli.output.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cancels jobs, by id or by filter. */
@Command(
    name = "cancel",
    description = "Cancel jobs by id, or all that the filters choose.",
    footer = {
      "",
      "Examples:",
      "  hodei jobs cancel 0C7X2M9QK4T1B --reason 'wrong input'",
      "  hodei jobs cancel 4T1B --grace 0s",
      "  hodei jobs cancel --label batch=17 --state QUEUED"
    })
final class JobsCancelCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private JobFilters filters = new JobFilters();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; stands in the audit trail.")
  private @Nullable String reason;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      description =
          "Time between TERM and KILL instead of the job's own: 5s, 2m; 0s kills at once. May follow an earlier cancel.")
  private @Nullable String grace;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "Job ids.")
  private List<String> ids = List.of();

  @Override
  public Integer call() {
    if (ids.isEmpty() == filters.isEmpty()) {
      throw Failure.usage("Say which jobs: either ids or filters (hodei jobs cancel --help)");
    }
    Api api = server.api();
    if (ids.isEmpty()) {
      Json answer = api.post(filters.path("/api/v1/jobs:cancel"), body());
      output.one(answer, Views.JOBS);
      return ExitCode.OK;
    }
    List<Json> answers =
        ids.stream()
            .map(id -> api.post("/api/v1/jobs/" + Ids.job(api, id) + ":cancel", body()))
            .toList();
    output.many(answers, Views.JOBS);
    return ExitCode.OK;
  }

  private Json body() {
    Map<String, @Nullable Object> body = Json.object();
    if (reason != null) {
      body.put("reason", reason);
    }
    if (grace != null) {
      body.put("grace", grace);
    }
    return new Json(body);
  }
}
