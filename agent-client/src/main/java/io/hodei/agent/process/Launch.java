package io.hodei.agent.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What to start.
 *
 * @param command argv, at least one element
 * @param environment the whole environment of the process
 * @param status file outside the working directory into which the exit status goes
 */
public record Launch(
    List<String> command, Map<String, String> environment, Path directory, Path status) {
  static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Environment of every attempt unless its spec says otherwise. */
  public static Map<String, String> baseEnvironment(Path directory) {
    Map<String, String> base = new TreeMap<>();
    base.put("PATH", DEFAULT_PATH);
    base.put("HOME", directory.toString());
    base.put("PWD", directory.toString());
    base.put("LANG", "C.UTF-8");
    return base;
  }

  /** The process to start: containment, then the first process of the tree, then the command. */
  ProcessBuilder builder(Containment containment, String init) {
    List<String> line = new ArrayList<>(containment.prefix());
    line.addAll(List.of("sh", "-c", init, "hodei-init", status.toString()));
    List<String> assignments = new ArrayList<>();
    Map<String, String> names = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (SHELL_NAME.matcher(name).matches()) {
            names.put(name, value);
          } else {
            assignments.add(name + "=" + value); // a shell would not pass it on
          }
        });
    if (!assignments.isEmpty()) {
      line.add("env");
      line.addAll(assignments);
    }
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(names);
    return builder;
  }
}
