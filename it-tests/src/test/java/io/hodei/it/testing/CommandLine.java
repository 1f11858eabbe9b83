package io.hodei.it.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code hodei} command as a process of its own. */
public final class CommandLine {
  private final Path tokenFile;
  private final String url;

  public CommandLine(String url, Path tokenFile) {
    this.url = url;
    this.tokenFile = tokenFile;
  }

  /**
   * What it printed and when.
   *
   * @param lines of its standard output
   */
  public record Result(int exitCode, List<Line> lines) {
    public List<String> texts() {
      return lines.stream().map(Line::text).toList();
    }
  }

  /**
   * @param nanos when it was read, by {@link System#nanoTime()}
   */
  public record Line(String text, long nanos) {}

  /** Runs it to its end. */
  public Result run(String verb, String... arguments) throws IOException, InterruptedException {
    return run(List.of(verb), arguments);
  }

  /** Runs a command of a group to its end; its words come first. */
  public Result run(List<String> verbs, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
    command.add("io.hodei.cli.Hodei");
    command.addAll(verbs);
    command.addAll(List.of("--url", url, "--token-file", tokenFile.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Line> lines = new ArrayList<>();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      String text;
      while ((text = reader.readLine()) != null) {
        lines.add(new Line(text, System.nanoTime()));
      }
    }
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end");
    }
    return new Result(process.exitValue(), List.copyOf(lines));
  }

  private static String classPath() {
    String tests = System.getProperty("surefire.test.class.path");
    return tests == null ? System.getProperty("java.class.path") : tests;
  }
}
