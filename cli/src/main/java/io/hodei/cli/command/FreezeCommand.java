package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Failure;
import io.hodei.cli.output.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets no schedule fire, or shows what holds them. */
@Command(
    name = "freeze",
    description = "Let no schedule fire; without --reason: show the freezes that hold.",
    footer = {
      "",
      "Examples:",
      "  hodei freeze --reason 'database upgrade' --until 2026-12-01T08:00:00Z",
      "  hodei freeze"
    })
final class FreezeCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; everybody sees it.")
  private @Nullable String reason;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Its end (default: until it is lifted).")
  private @Nullable String until;

  @Option(
      names = "--everything",
      description = "All tenants; for administrators of the installation.")
  private boolean everything;

  @Override
  public Integer call() {
    if (reason == null && (until != null || everything)) {
      throw Failure.usage("Say why with --reason; everybody who waits will see it");
    }
    if (reason == null) {
      output.many(server.api().get("/api/v1/freezes").at("items").elements(), Views.FREEZES);
      return ExitCode.OK;
    }
    Map<String, @Nullable Object> body = Json.object();
    body.put("reason", reason);
    if (until != null) {
      body.put("until", until);
    }
    if (everything) {
      body.put("everything", true);
    }
    output.one(server.api().post("/api/v1/freezes", new Json(body)), Views.FREEZES);
    return ExitCode.OK;
  }
}
