package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.JobTail;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a job wrote. */
@Command(
    name = "logs",
    description = "Show the output of a job; -f follows it until the job ends.",
    footer = {
      "",
      "Examples:",
      "  hodei logs 0C7X2M9QK4T1B",
      "  hodei logs -f --stream stderr 0C7X2M9QK4T1B"
    })
final class LogsCommand implements Callable<Integer> {
  private static final int PAGE_BYTES = 1 << 20;

  /** The streams by the name the REST interface gives them. */
  enum Stream {
    stdout,
    stderr,
    all
  }

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private JobTarget job = new JobTarget();

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the job ended.")
  private boolean follow;

  @Option(names = "--attempt", paramLabel = "N", description = "Attempt (default: the last one).")
  private long attempt;

  @Option(
      names = "--stream",
      paramLabel = "STREAM",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
  private Stream stream = Stream.all;

  @Override
  public Integer call() {
    Api api = server.api();
    String id = job.id(api);
    if (follow) {
      follow(api, id);
    } else if (stream == Stream.all) {
      copy(api, id, "stdout");
      copy(api, id, "stderr");
    } else {
      copy(api, id, stream.name());
    }
    return ExitCode.OK;
  }

  private void follow(Api api, String id) {
    OptionalLong only = attempt > 0 ? OptionalLong.of(attempt) : OptionalLong.empty();
    Set<String> chosen = stream == Stream.all ? Set.of("stdout", "stderr") : Set.of(stream.name());
    new JobTail(api, id, only, new StandardStreams(chosen), state -> {}, Duration.ofSeconds(60))
        .follow();
  }

  /** One stream, page by page, to the stream of the same name. */
  private void copy(Api api, String id, String name) {
    long offset = 0;
    while (true) {
      Api.Answer page =
          api.call(
              "GET",
              path(id, name, offset),
              null,
              Map.of("Accept", "text/plain, application/problem+json"));
      if (name.equals("stderr") && stream == Stream.all) {
        Output.writeError(page.body());
      } else {
        Output.write(page.body());
      }
      long next = number(page.header("Hodei-Log-Next-Offset"), offset + page.body().length);
      boolean shortPage = page.body().length < PAGE_BYTES;
      long length = number(page.header("Hodei-Log-Length"), shortPage ? next : Long.MAX_VALUE);
      if (next <= offset || next >= length) {
        return;
      }
      offset = next;
    }
  }

  private String path(String id, String name, long offset) {
    String path =
        "/api/v1/jobs/%s/logs?stream=%s&offset=%d&limit=%d"
            .formatted(Api.encode(id), name, offset, PAGE_BYTES);
    return attempt > 0 ? Api.with(path, "attempt", String.valueOf(attempt)) : path;
  }

  private static long number(String text, long otherwise) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : otherwise;
  }
}
