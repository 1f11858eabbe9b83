package io.hodei.it.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What processes of jobs wrote into one file with O_APPEND while they ran: {@code S|B|E job attempt
 * pid uptime}: start, still here, end. The system under test does not know of it.
 */
final class Oracle {
  /** Shell functions of a job: {@code mark S}. */
  static final String MARK =
      "mark() { read up rest < /proc/uptime; echo \"$1 $HODEI_JOB_ID $HODEI_ATTEMPT_NUMBER $$ $up\" >> \"$ORACLE\"; }; ";

  private final Map<String, TreeMap<Integer, Interval>> jobs = new HashMap<>();

  /** When processes of one attempt were seen first and last. */
  private record Interval(int starts, boolean ended, double first, double last) {
    Interval and(String mark, double at) {
      return new Interval(
          starts + (mark.equals("S") ? 1 : 0),
          ended || mark.equals("E"),
          Math.min(first, at),
          Math.max(last, at));
    }
  }

  static Oracle read(Path file) {
    try {
      return of(Files.exists(file) ? Files.readAllLines(file) : List.of());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Oracle of(List<String> lines) {
    Oracle oracle = new Oracle();
    for (String line : lines) {
      String[] words = line.split(" ");
      double at = Double.parseDouble(words[4]);
      oracle
          .jobs
          .computeIfAbsent(words[1], job -> new TreeMap<>())
          .merge(
              Integer.parseInt(words[2]),
              new Interval(words[0].equals("S") ? 1 : 0, words[0].equals("E"), at, at),
              (before, now) -> before.and(words[0], at));
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
            if (interval.starts() != 1) {
              found.add(
                  "job %s attempt %d started %d times"
                      .formatted(job, attempt.getKey(), interval.starts()));
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

  /** Whether a process of this attempt came to its end. */
  boolean ended(String job, int attempt) {
    Interval interval = jobs.getOrDefault(job, new TreeMap<>()).get(attempt);
    return interval != null && interval.ended();
  }

  /** How many attempts of the job were seen. */
  int attempts(String job) {
    return jobs.getOrDefault(job, new TreeMap<>()).size();
  }
}
