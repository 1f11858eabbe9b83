package io.hodei.cli.command;

import io.hodei.cli.client.Api;
import picocli.CommandLine.Parameters;

/** The one job that a command is about. */
final class JobTarget {
  @Parameters(
      paramLabel = "ID",
      description = "Job id, or a part of it that only one recent job has.")
  private String given = "";

  String id(Api api) {
    return Ids.job(api, given);
  }

  String path(Api api) {
    return "/api/v1/jobs/" + id(api);
  }
}
