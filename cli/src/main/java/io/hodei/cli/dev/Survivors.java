package io.hodei.cli.dev;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processes of a cluster whose launcher is gone: found by a mark on their command line and by
 * PostgreSQL's lock file.
 */
final class Survivors {
  private Survivors() {}

  /** The first argument of each JVM of a cluster; the agent's jobs do not carry it. */
  static String marker(Path directory) {
    return "-Dhodei.dev.directory=" + directory;
  }

  static List<ProcessHandle> of(Path directory) {
    List<ProcessHandle> found = new ArrayList<>();
    String marker = marker(directory);
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      all.filter(handle -> carries(handle, marker)).forEach(found::add);
    }
    PostgresServer.postmaster(directory.resolve("postgres")).ifPresent(found::add);
    return found;
  }

  /**
   * Ends them: JVMs in order, then PostgreSQL, which then needs no recovery. Returns how many there
   * were.
   */
  static int end(Path directory) {
    List<ProcessHandle> found = of(directory);
    List<ProcessHandle> machines =
        found.stream().filter(handle -> carries(handle, marker(directory))).toList();
    machines.forEach(Survivors::ask);
    machines.forEach(Survivors::insist);
    PostgresServer.postmaster(directory.resolve("postgres")).ifPresent(Survivors::endPostgres);
    return found.size();
  }

  private static void ask(ProcessHandle handle) {
    Programs.signal("CONT", handle.pid());
    handle.destroy();
  }

  private static void insist(ProcessHandle handle) {
    if (!Waiting.endsWithin(handle, java.time.Duration.ofSeconds(15))) {
      handle.destroyForcibly();
      Waiting.untilEnded(handle);
    }
  }

  private static void endPostgres(ProcessHandle postmaster) {
    Programs.signal("CONT", postmaster.pid());
    Programs.signal("INT", postmaster.pid());
    if (!Waiting.endsWithin(postmaster, java.time.Duration.ofSeconds(15))) {
      PostgresServer.killAll(postmaster);
    }
  }

  private static boolean carries(ProcessHandle handle, String marker) {
    return handle
        .info()
        .arguments()
        .map(arguments -> Arrays.asList(arguments).contains(marker))
        .orElseGet(
            () ->
                handle.info().commandLine().map(line -> line.contains(marker + " ")).orElse(false));
  }
}
