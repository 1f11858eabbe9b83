package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The run that a command does something to, and how that is sent. */
class RunTarget {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "Run id, or a part of it that only one recent run has.")
  private String id = "";

  /** The path of what is changed. */
  String path(Api api) {
    return "/api/v1/runs/" + Ids.run(api, id);
  }

  final int send(String verb) {
    return send(verb, Json.object());
  }

  /**
   * Sends it and shows what became of the run.
   *
   * @param body what the verb wants
   */
  int send(String verb, Map<String, @Nullable Object> body) {
    Api api = server.api();
    output.one(api.post(path(api) + ":" + verb, new Json(body)), Views.RUNS);
    return ExitCode.OK;
  }
}
