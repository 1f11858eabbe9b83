package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Failure;
import io.hodei.cli.output.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a schedule of a command. */
@Command(
    name = "create",
    description = "Make a schedule of a command; more can be said in a file: hodei schedule apply",
    footer = {
      "",
      "Examples:",
      "  hodei schedule create nightly --cron '30 2 * * *' --zone Europe/Berlin -- ./report --all",
      "  hodei schedule create poll --every 5m --overlap BUFFER_ONE -- ./poll"
    })
final class ScheduleCreateCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private JobOptions job = new JobOptions();

  @Option(names = "--cron", paramLabel = "CRON", description = "Five or six fields, or @daily.")
  private @Nullable String cron;

  @Option(names = "--every", paramLabel = "TIME", description = "Interval: 5m")
  private @Nullable String every;

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      description = "Pause after the end of the job before: 10m")
  private @Nullable String delay;

  @Option(names = "--at", paramLabel = "TIME", description = "Once: 2026-12-01T08:00:00Z")
  private @Nullable String at;

  @Option(names = "--zone", paramLabel = "ZONE", description = "Europe/Berlin (default UTC).")
  private @Nullable String zone;

  @Option(
      names = "--overlap",
      paramLabel = "POLICY",
      description =
          "SKIP (default), BUFFER_ONE, BUFFER_ALL, CANCEL_OTHER, TERMINATE_OTHER or ALLOW_ALL.")
  private @Nullable String overlap;

  @Option(names = "--jitter", paramLabel = "TIME", description = "Spread ticks over this time.")
  private @Nullable String jitter;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the schedule.")
  private String name = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "What to run.")
  private List<String> command = List.of();

  @Override
  public Integer call() {
    if (Stream.of(cron, every, delay, at).filter(Objects::nonNull).count() != 1) {
      throw Failure.usage("Say when: exactly one of --cron, --every, --delay and --at");
    }
    Map<String, @Nullable Object> body = Json.object();
    body.put("name", name);
    put(body, "cron", cron);
    put(body, "every", every);
    put(body, "delay", delay);
    put(body, "at", at);
    put(body, "zone", zone);
    put(body, "overlap", overlap);
    put(body, "jitter", jitter);
    Map<String, @Nullable Object> target = new LinkedHashMap<>();
    target.put("job", job.job(command).value());
    body.put("target", target);
    output.one(server.api().post("/api/v1/schedules", new Json(body)), Views.SCHEDULES);
    return ExitCode.OK;
  }

  private static void put(
      Map<String, @Nullable Object> body, String member, @Nullable String value) {
    if (value != null) {
      body.put(member, value);
    }
  }
}
