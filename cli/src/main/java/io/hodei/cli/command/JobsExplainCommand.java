package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Format;
import io.hodei.cli.output.Json;
import io.hodei.cli.output.Plain;
import io.hodei.cli.output.View;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says why a job does not run yet. */
@Command(
    name = "explain",
    description = "Say why a job waits.",
    footer = {
      "",
      "Examples:",
      "  hodei jobs explain 0C7X2M9QK4T1B",
      "  hodei jobs explain -o json 4T1B"
    })
final class JobsExplainCommand implements Callable<Integer> {
  private static final View VIEW = View.of("state", "state", "waiting", "position");

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private JobTarget job = new JobTarget();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Api api = server.api();
    Json answer = api.get(job.path(api) + "/explain");
    if (output.renderer().format() == Format.table) {
      Output.write(sentences(answer));
    } else {
      output.one(answer, VIEW);
    }
    return ExitCode.OK;
  }

  private static String sentences(Json answer) {
    StringBuilder text = new StringBuilder();
    text.append(Plain.of(answer.string("state")));
    text.append(answer.isTrue("waiting") ? ", waits" : ", does not wait");
    if (!answer.at("position").isNothing()) {
      text.append(answer.isTrue("positionIsAtLeast") ? ", at least " : ", ")
          .append(answer.string("position"))
          .append(" before it");
    }
    for (Json reason : answer.at("reasons").elements()) {
      text.append("\n  ").append(Plain.of(reason.string("code")));
      text.append("  ").append(Plain.of(reason.string("message")));
    }
    return text.append('\n').toString();
  }
}
