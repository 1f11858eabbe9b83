package io.hodei.cli.command;

import io.hodei.cli.client.Api;
import picocli.CommandLine.Parameters;

/** A step of a run that is changed for a reason. */
final class StepChange extends RunChange {
  @Parameters(index = "1", paramLabel = "STEP", description = "Id of the step.")
  private String step = "";

  @Override
  String path(Api api) {
    return super.path(api) + "/steps/" + Api.encode(step);
  }
}
