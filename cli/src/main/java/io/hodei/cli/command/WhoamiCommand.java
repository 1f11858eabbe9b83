package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows whom the server takes the caller for. */
@Command(
    name = "whoami",
    description = "Show tenant, role and permissions of the token in use.",
    footer = {
      "",
      "Examples:",
      "  hodei whoami",
      "  hodei whoami -o json --fields role,permissions"
    })
final class WhoamiCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    output.one(server.api().get("/api/v1/me"), Views.ME);
    return ExitCode.OK;
  }
}
