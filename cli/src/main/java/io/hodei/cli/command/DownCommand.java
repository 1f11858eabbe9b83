package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.dev.DevCluster;
import io.hodei.cli.dev.Home;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops a development cluster from outside, also one whose launcher was killed. */
@Command(
    name = "down",
    description =
        "Stop the cluster that hodei dev started, also when its launcher is gone; the data stays.",
    footer = {"", "Examples:", "  hodei down", "  hodei down --data /tmp/other-cluster"})
final class DownCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the data lies (default .hodei/dev).")
  private @Nullable Path data;

  @Override
  public Integer call() {
    int ended = DevCluster.down(data == null ? Home.devDirectory() : data);
    Output.say(ended == 0 ? "Nothing was running." : "Stopped %d processes.".formatted(ended));
    return ExitCode.OK;
  }
}
