package io.hodei.cli.dev;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JVM of the cluster: in its own session, its output in a file, no terminal. */
final class ChildProcess {
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Path log;
  private @Nullable Process process;
  private long logStart;

  ChildProcess(Path log) {
    this.log = log;
  }

  synchronized void start(List<String> command, Map<String, String> environment, Path directory) {
    if (alive()) {
      throw new DevException("It runs already as process " + pid());
    }
    logStart = LogReason.position(log);
    ProcessBuilder builder = new ProcessBuilder(Programs.inOwnSession(command));
    builder.environment().keySet().removeIf(name -> name.startsWith("HODEI_"));
    builder.environment().putAll(environment);
    builder
        .directory(directory.toFile())
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new DevException("Could not start " + command.getFirst() + ": " + e.getMessage(), e);
    }
  }

  synchronized void stop() {
    Process running = process;
    if (running == null || !running.isAlive()) {
      return;
    }
    Programs.signal("CONT", running.pid());
    running.destroy();
    if (!Waiting.endsWithin(running.toHandle(), GRACE)) {
      kill();
    }
  }

  synchronized void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      Waiting.untilEnded(running.toHandle());
    }
  }

  synchronized boolean alive() {
    return process != null && process.isAlive();
  }

  synchronized long pid() {
    return process == null ? -1 : process.pid();
  }

  synchronized OptionalInt exitCode() {
    return process == null || process.isAlive()
        ? OptionalInt.empty()
        : OptionalInt.of(process.exitValue());
  }

  /** Whether a line that it wrote since this start matches. */
  synchronized boolean wrote(Pattern text) {
    return LogReason.contains(log, logStart, text);
  }

  /** Why it ended or does not answer, from what it wrote since this start. */
  synchronized String reason() {
    return LogReason.find(log, logStart)
        .orElseGet(
            () ->
                exitCode().isPresent()
                    ? "it ended with code %d and wrote no error".formatted(exitCode().getAsInt())
                    : "it wrote no error");
  }
}
