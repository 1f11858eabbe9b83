package io.hodei.it.chaos;

import io.hodei.it.testing.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The processes of jobs as the host shows them, by job: the eldest of each. */
final class JobProcesses {
  private static final int PARENT = 1;
  private static final int STARTED = 19;

  private JobProcesses() {}

  /**
   * One process; equal only to itself, as a process id may be given again.
   *
   * @param started ticks since the host started
   */
  record Eldest(long pid, String started, int attempt) {}

  /** Those whose environment contains the mark. */
  static Map<String, Eldest> now(String mark) {
    Map<String, Eldest> eldest = new TreeMap<>();
    Set<Long> all = new HashSet<>(Host.withEnvironment(mark));
    for (long pid : all) {
      try {
        Map<String, String> environment = environment(pid);
        String job = environment.getOrDefault("HODEI_JOB_ID", "");
        int attempt = Integer.parseInt(environment.getOrDefault("HODEI_ATTEMPT_NUMBER", "0"));
        // Not the lowest id: ids begin anew after 32,768.
        if (!all.contains(parent(pid))) {
          eldest.put(job, new Eldest(pid, started(pid), attempt));
        }
      } catch (IOException ended) {
        // It is none of the running any more.
      }
    }
    return eldest;
  }

  private static Map<String, String> environment(long pid) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String entry : text(pid, "environ").split("\0")) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        all.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return all;
  }

  private static long parent(long pid) throws IOException {
    return Long.parseLong(stat(pid)[PARENT]);
  }

  private static String started(long pid) throws IOException {
    return stat(pid)[STARTED];
  }

  /** The fields of {@code stat} are counted behind the name, which may contain anything. */
  private static String[] stat(long pid) throws IOException {
    String stat = text(pid, "stat");
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
  }

  private static String text(long pid, String file) throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of("/proc", String.valueOf(pid), file));
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
