package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes or replaces a tool. */
@Command(
    name = "set",
    description = "Make or replace a tool; it reads prompts from its standard input.",
    footer = {
      "",
      "Examples:",
      "  hodei tool set llm -- llm --model small",
      "  hodei tool set llm --pool gpu --requires llm=2 --env LLM_HOME=/opt/llm -- /opt/llm/bin/llm"
    })
final class ToolSetCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "A variable of its environment.")
  private Map<String, String> environment = new LinkedHashMap<>();

  @Option(names = "--pool", paramLabel = "POOL", description = "Where it is installed.")
  private @Nullable String pool;

  @Option(
      names = "--requires",
      paramLabel = "KEY=VALUE",
      description = "A label of the agents that have it.")
  private Map<String, String> requires = new LinkedHashMap<>();

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the tool.")
  private String name = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "Program and arguments, best behind --")
  private List<String> command = List.of();

  @Override
  public Integer call() {
    Map<String, @Nullable Object> body = Json.object();
    body.put("command", command);
    body.put("environment", environment);
    body.put("requires", requires);
    if (pool != null) {
      body.put("pool", pool);
    }
    output.one(
        server
            .api()
            .call(
                "PUT",
                "/api/v1/tools/" + Api.encode(name),
                new Json(body).text(),
                Map.of("Content-Type", "application/json"))
            .json(),
        Views.TOOLS);
    return ExitCode.OK;
  }
}
