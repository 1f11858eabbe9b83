package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import io.hodei.cli.output.Json;
import io.hodei.cli.output.Plain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows a run: on a terminal a picture in place, in a pipe a line for each change of a step. Asks
 * every second.
 */
final class RunWatch {
  private static final long PAUSE_MILLIS = 1_000;
  private static final int MOST_STEPS = 10_000;
  private static final int MOST_LINES = 40;
  private static final String TO_THE_TOP = "\u001B[H\u001B[2J";
  private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

  private final Api api;
  private final String path;
  private final Map<String, String> seen = new LinkedHashMap<>();

  RunWatch(Api api, String run) {
    this.api = api;
    this.path = "/api/v1/runs/" + Api.encode(run);
  }

  /** Returns when the run has ended: 0 when it succeeded, 6 when its time was up, else 1. */
  int follow() {
    try {
      while (true) {
        Json run = api.get(path);
        show(run);
        if (ENDED.contains(run.string("state"))) {
          return exitCode(run);
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.SERVER, "Interrupted while following the run", e);
    }
  }

  private static int exitCode(Json run) {
    String state = run.string("state");
    boolean timeUp = state.equals("CANCELLED") && run.string("reason").contains("timeout");
    return state.equals("SUCCEEDED")
        ? ExitCode.OK
        : timeUp ? ExitCode.TIMEOUT : ExitCode.JOB_FAILED;
  }

  private void show(Json run) {
    List<Json> steps = api.list(path + "/steps", MOST_STEPS);
    if (Terminal.outputIsTerminal()) {
      Output.write(TO_THE_TOP + picture(run, api.get(path + "/progress"), steps));
    } else {
      Output.write(changes(run, steps));
    }
  }

  private String changes(Json run, List<Json> steps) {
    StringBuilder text = new StringBuilder();
    for (Json step : steps) {
      note(text, step.string("step"), step.string("state"), step.string("reason"));
    }
    note(text, "run", run.string("state"), run.string("reason"));
    return text.toString();
  }

  private void note(StringBuilder text, String name, String state, String reason) {
    if (!state.equals(seen.put(name, state))) {
      text.append(Plain.of(name)).append(' ').append(state);
      if (!reason.isEmpty()) {
        text.append(": ").append(Plain.of(reason));
      }
      text.append('\n');
    }
  }

  private static String picture(Json run, Json progress, List<Json> steps) {
    StringBuilder text =
        new StringBuilder(
            "%s #%d  %s  %d of %d steps%s%n"
                .formatted(
                    Plain.of(run.string("pipeline")),
                    run.number("number", 0),
                    run.string("state"),
                    run.number("ended", 0),
                    run.number("steps", 0),
                    likely(progress)));
    int shown = 0;
    for (Json step : steps) {
      boolean quiet = steps.size() > MOST_LINES && step.string("state").equals("SUCCEEDED");
      if (!quiet && shown++ < MOST_LINES) {
        String reason = step.string("reason");
        text.append(
            "  %-10s %s%s%n"
                .formatted(
                    step.string("state"),
                    Plain.of(step.string("step")),
                    reason.isEmpty() ? "" : "  " + Plain.of(reason)));
      }
    }
    return text.toString();
  }

  private static String likely(Json progress) {
    String end = progress.string("likelyEnd");
    return end.isEmpty()
        ? ""
        : "  ends about %s, at the latest about %s".formatted(end, progress.string("atLatest"));
  }
}
