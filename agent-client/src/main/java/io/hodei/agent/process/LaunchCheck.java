package io.hodei.agent.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Says in a sentence why a command cannot be started, before anything is started. */
final class LaunchCheck {
  private static final int MAX_INTERPRETER_LINE = 256;

  private LaunchCheck() {}

  static Optional<String> problem(Launch launch) {
    if (launch.command().isEmpty() || launch.command().getFirst().isEmpty()) {
      return Optional.of("The job has neither a command nor a shell script.");
    }
    if (!Files.isDirectory(launch.directory())) {
      return Optional.of("The working directory " + launch.directory() + " does not exist.");
    }
    Optional<String> nul = nulByte(launch);
    return nul.isPresent() ? nul : find(launch);
  }

  private static Optional<String> nulByte(Launch launch) {
    boolean inCommand = launch.command().stream().anyMatch(a -> a.indexOf('\0') >= 0);
    boolean inEnvironment =
        launch.environment().entrySet().stream()
            .anyMatch(e -> (e.getKey() + e.getValue()).indexOf('\0') >= 0 || badName(e));
    return inCommand || inEnvironment
        ? Optional.of(
            "A command or environment entry holds a NUL byte or a name that is empty or has '='.")
        : Optional.empty();
  }

  private static boolean badName(Map.Entry<String, String> entry) {
    return entry.getKey().isEmpty() || entry.getKey().indexOf('=') >= 0;
  }

  private static Optional<String> find(Launch launch) {
    String program = launch.command().getFirst();
    if (program.indexOf('/') >= 0) {
      return problemOf(launch.directory().resolve(program), program);
    }
    String path = launch.environment().getOrDefault("PATH", Launch.DEFAULT_PATH);
    for (String directory : path.split(":")) {
      Path candidate = launch.directory().resolve(directory).resolve(program);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return problemOf(candidate, program);
      }
    }
    return Optional.of(
        "The program '" + program + "' does not exist in the job's PATH (" + path + ").");
  }

  private static Optional<String> problemOf(Path file, String program) {
    if (!Files.exists(file)) {
      return Optional.of("The program '" + program + "' does not exist.");
    }
    if (Files.isDirectory(file)) {
      return Optional.of("The program '" + program + "' is a directory.");
    }
    if (!Files.isExecutable(file)) {
      return Optional.of("The program '" + program + "' is not executable by the agent's user.");
    }
    return interpreterProblem(file, program);
  }

  private static Optional<String> interpreterProblem(Path file, String program) {
    try (InputStream in = Files.newInputStream(file)) {
      String head = new String(in.readNBytes(MAX_INTERPRETER_LINE), StandardCharsets.ISO_8859_1);
      if (!head.startsWith("#!")) {
        return Optional.empty();
      }
      String interpreter = head.substring(2).split("\n", 2)[0].strip().split("\\s+", 2)[0];
      return interpreter.isEmpty() || Files.exists(Path.of(interpreter))
          ? Optional.empty()
          : Optional.of(
              "The interpreter '" + interpreter + "' of '" + program + "' does not exist.");
    } catch (IOException e) {
      return Optional.empty(); // executable but not readable: the kernel decides
    }
  }
}
