package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lifts freezes. */
@Command(
    name = "unfreeze",
    description = "Lift freezes; without ids: all of the tenant.",
    footer = {"", "Examples:", "  hodei unfreeze", "  hodei unfreeze 0C7X2M9QK4T1B"})
final class UnfreezeCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "ID", arity = "0..*", description = "Ids of freezes.")
  private List<String> ids = List.of();

  @Override
  public Integer call() {
    Api api = server.api();
    List<String> lifted = ids;
    if (lifted.isEmpty()) {
      lifted =
          api.get("/api/v1/freezes").at("items").elements().stream()
              .filter(freeze -> !freeze.isTrue("everything"))
              .map((Json freeze) -> freeze.string("id"))
              .toList();
    }
    lifted.forEach(id -> api.call("DELETE", "/api/v1/freezes/" + Api.encode(id), null, Map.of()));
    Output.say("hodei: %d freezes lifted".formatted(lifted.size()));
    return ExitCode.OK;
  }
}
