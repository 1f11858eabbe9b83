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

/** Repeats an ended run by a new one. */
@Command(
    name = "rerun",
    description =
        "Repeat an ended run by a new one: all of it, what failed, or from one of its steps.",
    footer = {
      "",
      "Examples:",
      "  hodei runs rerun 0C7X2M9QK4T1B --failed",
      "  hodei runs rerun 0C7X2M9QK4T1B --from deploy --pipeline-version newest"
    })
final class RunsRerunCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--failed", description = "Only what did not succeed, and what depends on it.")
  private boolean failed;

  @Option(names = "--from", paramLabel = "STEP", description = "This step and what depends on it.")
  private @Nullable String from;

  @Option(
      names = "--pipeline-version",
      paramLabel = "N",
      description = "newest, or the number of a version; else that of the run.")
  private @Nullable String version;

  @Option(names = "--skip", split = ",", paramLabel = "STEP", description = "Skip these steps.")
  private List<String> skip = List.of();

  @Option(
      names = "--succeed",
      split = ",",
      paramLabel = "STEP",
      description = "Take these steps for succeeded.")
  private List<String> succeed = List.of();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit trail.")
  private @Nullable String reason;

  @Parameters(
      paramLabel = "RUN",
      description = "Run id, or a part of it that only one recent run has.")
  private String id = "";

  @Override
  public Integer call() {
    if (failed && from != null) {
      throw Failure.usage("Say either --failed or --from");
    }
    Api api = server.api();
    Map<String, @Nullable Object> body = Json.object();
    body.put("mode", failed ? "FAILED" : from != null ? "FROM" : "ALL");
    if (from != null) {
      body.put("from", from);
    }
    if (!skip.isEmpty()) {
      body.put("skip", skip);
    }
    if (!succeed.isEmpty()) {
      body.put("succeed", succeed);
    }
    if (reason != null) {
      body.put("reason", reason);
    }
    String path = "/api/v1/runs/" + Ids.run(api, id) + ":rerun";
    output.one(
        api.post(version == null ? path : Api.with(path, "version", version), new Json(body)),
        Views.RUNS);
    return ExitCode.OK;
  }
}
