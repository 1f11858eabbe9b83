package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** End a step as skipped, whatever it was doing. */
@Command(
    name = "skip",
    description = "End a step as skipped, whatever it was doing.",
    footer = {
      "",
      "Examples:",
      "  hodei runs skip 0C7X2M9QK4T1B deploy",
      "  hodei runs skip 4T1B deploy -o json"
    })
final class RunsSkipCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit trail.")
  private @Nullable String reason;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "Run id, or a part of it that only one recent run has.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "STEP", description = "Id of the step.")
  private String step = "";

  @Override
  public Integer call() {
    Api api = server.api();
    Map<String, @Nullable Object> body = Json.object();
    if (reason != null) {
      body.put("reason", reason);
    }
    output.one(
        api.post(
            "/api/v1/runs/" + Ids.run(api, id) + "/steps/" + Api.encode(step) + ":skip",
            new Json(body)),
        Views.RUNS);
    return ExitCode.OK;
  }
}
