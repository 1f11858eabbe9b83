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

/** Cancel a run. */
@Command(
    name = "cancel",
    description = "Cancel a run.",
    footer = {
      "",
      "Examples:",
      "  hodei runs cancel 0C7X2M9QK4T1B --reason 'wrong input'",
      "  hodei runs cancel 4T1B"
    })
final class RunsCancelCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit trail.")
  private @Nullable String reason;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "Run id, or a part of it that only one recent run has.")
  private String id = "";

  @Override
  public Integer call() {
    Api api = server.api();
    Map<String, @Nullable Object> body = Json.object();
    if (reason != null) {
      body.put("reason", reason);
    }
    output.one(
        api.post("/api/v1/runs/" + Ids.run(api, id) + ":cancel", new Json(body)), Views.RUNS);
    return ExitCode.OK;
  }
}
