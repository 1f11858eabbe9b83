package io.hodei.cli.dev;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs small programs to their end, and knows which ones this system has. */
final class Programs {
  private Programs() {}

  /** Exit code and everything the program printed. */
  record Outcome(int exitCode, String output) {
    boolean ok() {
      return exitCode == 0;
    }
  }

  static Outcome run(Duration limit, List<String> command) {
    Path output = temporary();
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return new Outcome(-1, "no end after " + limit.toSeconds() + " s: " + read(output));
      }
      return new Outcome(process.exitValue(), read(output));
    } catch (IOException e) {
      return new Outcome(-1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevException("Interrupted while running " + command.getFirst(), e);
    } finally {
      delete(output);
    }
  }

  /** Puts what is needed in front so that a Ctrl-C in the terminal reaches the launcher only. */
  static List<String> inOwnSession(List<String> command) {
    List<String> all = new ArrayList<>();
    if (exists("setsid")) {
      all.add("setsid");
    } else if (exists("perl")) {
      all.addAll(List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV"));
    }
    all.addAll(command);
    return all;
  }

  static boolean exists(String name) {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, name))) {
        return true;
      }
    }
    return false;
  }

  /** Sends a signal by name ({@code STOP}, {@code CONT}, {@code INT}). */
  static void signal(String signal, long pid) {
    run(Duration.ofSeconds(5), List.of("sh", "-c", "kill -" + signal + " " + pid));
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("hodei-", ".out");
    } catch (IOException e) {
      throw new DevException("Could not create a temporary file: " + e.getMessage(), e);
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // An empty file in the temporary directory harms nobody; the result matters more.
      file.toFile().deleteOnExit();
    }
  }
}
