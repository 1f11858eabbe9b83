package io.hodei.bench.suite;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds that count
 * @param jobs of a round that counts jobs
 * @param time of a round that is a stretch of load
 * @param quick whether to show that it works only: the figures mean nothing
 * @param backlogs numbers of queued and of finished jobs to compare, the smallest first
 * @param scale of schedules that are given in minutes
 */
public record Plan(
    int rounds, int jobs, Duration time, boolean quick, List<Integer> backlogs, double scale) {
  /** The greater number, or the smaller one of a quick run. */
  int most(int full, int inQuickRun) {
    return quick ? inQuickRun : full;
  }
}
