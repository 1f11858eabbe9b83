package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import io.hodei.cli.client.JobEnd;
import io.hodei.cli.client.JobTail;
import io.hodei.cli.output.Json;
import io.hodei.cli.output.Plain;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command on an agent as if it ran here: its output, its exit code. */
@Command(
    name = "run",
    description =
        "Run a command on an agent and show its output; the exit code is the command's own.",
    footer = {
      "",
      "Examples:",
      "  hodei run -- echo hello",
      "  hodei run --pool gpu --requires cuda=12 --timeout 2h --shell -- 'python train.py | tee out.txt'"
    })
final class RunCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private JobOptions options = new JobOptions();

  @Option(
      names = {"-d", "--detach"},
      description = "Print the id and return; the job runs on.")
  private boolean detach;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "1..*",
      description = "Program and arguments, best behind --")
  private List<String> command = List.of();

  @Override
  public Integer call() {
    Api api = server.api();
    Json job = api.post("/api/v1/jobs", options.job(command));
    String id = job.string("id");
    if (detach) {
      Output.write(Plain.of(id) + "\n");
      return ExitCode.OK;
    }
    cancelOnInterrupt(api.nodes().isEmpty() ? api : server.api(), id);
    note("job " + id);
    JobTail tail =
        new JobTail(
            api,
            id,
            OptionalLong.empty(),
            new StandardStreams(Set.of("stdout", "stderr")),
            new Attempts(),
            PATIENCE);
    Json ended = tail.follow();
    explain(ended);
    return JobEnd.exitCode(ended);
  }

  /** The first Ctrl-C asks the server to cancel and the output goes on; the second one leaves. */
  private static void cancelOnInterrupt(Api api, String id) {
    AtomicInteger presses = new AtomicInteger();
    Interrupts.onInterrupt(
        () -> {
          if (presses.incrementAndGet() > 1) {
            Runtime.getRuntime().halt(130);
          }
          Output.say(
              "hodei: cancelling job %s (Ctrl-C again leaves without waiting)".formatted(id));
          Thread.ofVirtual().start(() -> cancel(api, id));
        });
  }

  private static void cancel(Api api, String id) {
    try {
      api.post(
          "/api/v1/jobs/" + Api.encode(id) + ":cancel",
          Json.parse("{\"reason\":\"Ctrl-C in hodei run\"}"));
    } catch (Failure e) {
      Output.say("hodei: " + e.getMessage());
    }
  }

  /** Says why there is no ordinary result; stays silent when the output itself tells. */
  private static void explain(Json ended) {
    String state = ended.string("state");
    boolean ordinary =
        state.equals("SUCCEEDED") || (state.equals("FAILED") && !ended.at("exitCode").isNothing());
    if (!ordinary) {
      String reason = ended.string("reason");
      Output.say(
          "hodei: job %s is %s%s"
              .formatted(
                  ended.string("id"), state, reason.isEmpty() ? "" : ": " + Plain.of(reason)));
    }
  }

  private static void note(String sentence) {
    if (Terminal.errorIsTerminal()) {
      Output.say("hodei: " + sentence);
    }
  }

  /** Tells a person, not a pipe, that another attempt began. */
  private static final class Attempts implements java.util.function.Consumer<Json> {
    private long last = 1;

    @Override
    public void accept(Json state) {
      long attempt = state.number("attempt", last);
      if (attempt > last) {
        last = attempt;
        note("attempt " + attempt);
      }
    }
  }
}
