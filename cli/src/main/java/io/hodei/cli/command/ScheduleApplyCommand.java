package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import io.hodei.cli.output.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a schedule be as a file says. */
@Command(
    name = "apply",
    description = "Make a schedule be as a JSON file says; a second time changes nothing.",
    footer = {
      "",
      "Examples:",
      "  hodei schedule apply nightly.json",
      "  generate-schedule | hodei schedule apply - -o json"
    })
final class ScheduleApplyCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "FILE", description = "The file; - = standard input.")
  private Path file = Path.of("-");

  @Override
  public Integer call() {
    String text = read();
    String name;
    try {
      name = Json.parse(text).string("name");
    } catch (IllegalArgumentException e) {
      throw Failure.usage("%s is not JSON: %s".formatted(file, e.getMessage()));
    }
    if (name.isEmpty()) {
      throw Failure.usage(file + " names no schedule; add \"name\"");
    }
    output.one(
        server
            .api()
            .call(
                "PUT",
                "/api/v1/schedules/" + Api.encode(name),
                text,
                Map.of("Content-Type", "application/json"))
            .json(),
        Views.SCHEDULES);
    return ExitCode.OK;
  }

  private String read() {
    try {
      return file.toString().equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(file);
    } catch (IOException e) {
      throw Failure.usage("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }
}
