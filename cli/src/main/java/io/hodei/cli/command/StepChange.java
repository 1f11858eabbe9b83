package io.hodei.cli.command;

import io.hodei.cli.client.Api;
import picocli.CommandLine.Parameters;

/** What every command takes that changes a step of a run. */
final class StepChange extends RunChange {
  @Parameters(index = "1", paramLabel = "STEP", description = "Id of the step.")
  private String step = "";

  @Override
  String path(Api api) {
    return super.path(api) + "/steps/" + Api.encode(step);
  }
}
