package io.hodei.it.chaos;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the processes of jobs wrote themselves while they ran, each job with O_APPEND into a file of
 * its own: {@code S|B|E job attempt pid uptime [code]}: start, still here, end. The system under
 * test does not know of it.
 */
final class Oracle {
  private static final String MARK =
      "mark() { read up rest < /proc/uptime; echo \"$1 $HODEI_JOB_ID $HODEI_ATTEMPT_NUMBER $$ $up $2\" >> \"$ORACLE/$HODEI_JOB_ID\"; }; ";

  private final Map<String, TreeMap<Integer, Interval>> jobs = new HashMap<>();

  /**
   * When processes of one attempt were seen first and last, in seconds since the host started.
   *
   * @param codes exit codes of those that came to their end
   */
  record Interval(int starts, List<Integer> codes, Set<String> pids, double first, double last) {
    static Interval of(String[] words) {
      double at = Double.parseDouble(words[4]);
      return new Interval(
          words[0].equals("S") ? 1 : 0,
          words[0].equals("E") ? List.of(Integer.parseInt(words[5])) : List.of(),
          Set.of(words[3]),
          at,
          at);
    }

    Interval and(Interval more) {
      List<Integer> allCodes = new ArrayList<>(codes);
      allCodes.addAll(more.codes);
      Set<String> allPids = new java.util.TreeSet<>(pids);
      allPids.addAll(more.pids);
      return new Interval(
          starts + more.starts,
          List.copyOf(allCodes),
          allPids,
          Math.min(first, more.first),
          Math.max(last, more.last));
    }
  }

  /** A script that does this and says when it began and ended; {@code mark B} is for in between. */
  static String telling(String script) {
    return MARK + "mark S; " + script + "; code=$?; mark E $code; exit $code";
  }

  static Oracle read(Path directory) {
    List<String> lines = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        lines.addAll(Files.readAllLines(file));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return of(lines);
  }

  static Oracle of(List<String> lines) {
    Oracle oracle = new Oracle();
    for (String line : lines) {
      String[] words = line.strip().split(" ");
      oracle
          .jobs
          .computeIfAbsent(words[1], job -> new TreeMap<>())
          .merge(Integer.parseInt(words[2]), Interval.of(words), Interval::and);
    }
    return oracle;
  }

  /** Attempts that two processes executed, and jobs of which two attempts ran at one time. */
  List<String> overlaps() {
    List<String> found = new ArrayList<>();
    jobs.forEach(
        (job, attempts) -> {
          double free = -1;
          for (var attempt : attempts.entrySet()) {
            Interval interval = attempt.getValue();
            if (interval.starts() != 1 || interval.codes().size() > 1) {
              found.add(
                  "job %s attempt %d started %d times and ended with %s"
                      .formatted(job, attempt.getKey(), interval.starts(), interval.codes()));
            }
            if (interval.first() < free) {
              found.add(
                  "job %s attempt %d began at %.2f while an earlier one ran until %.2f"
                      .formatted(job, attempt.getKey(), interval.first(), free));
            }
            free = Math.max(free, interval.last());
          }
        });
    return found;
  }

  /** The attempts of the job that ran, by number. */
  Map<Integer, Interval> attempts(String job) {
    return jobs.getOrDefault(job, new TreeMap<>());
  }

  /** The exit code of an attempt that came to its end. */
  OptionalInt exit(String job, int attempt) {
    Interval interval = attempts(job).get(attempt);
    return interval == null || interval.codes().isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(interval.codes().getFirst());
  }

  /** All jobs of which a process ran. */
  Set<String> jobs() {
    return jobs.keySet();
  }
}
