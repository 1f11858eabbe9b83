package io.hodei.agent.process;

import io.hodei.protocol.Hwp;
import io.hodei.protocol.hwp.Usage;
import java.util.Arrays;
import java.util.Optional;

/**
 * CPU time and greatest resident memory per step of time, from the start of a process tree on. When
 * its points are full, neighbours are merged and the step doubles: the memory is bounded, and the
 * whole life stays in the picture. For one thread at a time.
 */
final class UsageSeries {
  static final int FIRST_STEP_MILLIS = 1_000;
  private static final int LAST_STEP_MILLIS = FIRST_STEP_MILLIS << 20;
  private static final int FIRST_ROOM = 16;

  /** In a shorter part of a step the kernel's ticks of 10 ms would look like a load. */
  private static final int SHORTEST_PART_MILLIS = 500;

  private final int mostPermille;
  private long[] cpuMicros = new long[FIRST_ROOM];
  private long[] bytes = new long[FIRST_ROOM];
  private int points;
  private int stepMillis = FIRST_STEP_MILLIS;
  private long coveredMillis;
  private long countedMicros;

  /**
   * @param cpus of the host; time that was counted late does not show as more of them
   */
  UsageSeries(int cpus) {
    this.mostPermille = cpus * 1_000;
  }

  /**
   * Adds what was seen at a moment. CPU time is spread evenly over the time since the look before,
   * which nobody saw more of.
   *
   * @param atMillis since the start; a moment before the last one counts as the last one
   * @param cpu microseconds used since the start; less than before counts as nothing new
   * @param resident bytes in use now
   */
  void add(long atMillis, long cpu, long resident) {
    long at = Math.clamp(atMillis, coveredMillis, (long) LAST_STEP_MILLIS * Hwp.USAGE_POINTS);
    if (at == 0) {
      return;
    }
    while (at > (long) stepMillis * Hwp.USAGE_POINTS) {
      mergeNeighbours();
    }
    long used = Math.max(0, cpu - countedMicros);
    countedMicros += used;
    if (at == coveredMillis) {
      put((int) ((at - 1) / stepMillis), used, resident);
    } else {
      spread(at, used, resident);
    }
  }

  int stepMillis() {
    return stepMillis;
  }

  /** All of it so far, without the attempt's name; empty when there is no line to draw yet. */
  Optional<Usage.Builder> picture() {
    int shown = points;
    if (shown > 0 && length(shown - 1) < SHORTEST_PART_MILLIS) {
      shown--;
    }
    if (shown < 2) {
      return Optional.empty();
    }
    Usage.Builder usage =
        Usage.newBuilder()
            .setStepMillis(stepMillis)
            .setCoveredMillis(Math.min(coveredMillis, (long) shown * stepMillis));
    for (int point = 0; point < shown; point++) {
      usage.addCpuPermille((int) Math.min(mostPermille, cpuMicros[point] / length(point)));
      usage.addMemoryBytes(bytes[point]);
    }
    return Optional.of(usage);
  }

  private void spread(long at, long used, long resident) {
    double whole = at - coveredMillis;
    long left = used;
    for (long from = coveredMillis; from < at; ) {
      int point = (int) (from / stepMillis);
      long to = Math.min(at, (point + 1L) * stepMillis);
      long share = to == at ? left : Math.min(left, Math.round(used * ((to - from) / whole)));
      put(point, share, resident);
      left -= share;
      from = to;
    }
    coveredMillis = at;
  }

  private void put(int point, long micros, long resident) {
    if (point >= cpuMicros.length) {
      int room = Math.min(Hwp.USAGE_POINTS, Math.max(point + 1, cpuMicros.length * 2));
      cpuMicros = Arrays.copyOf(cpuMicros, room);
      bytes = Arrays.copyOf(bytes, room);
    }
    points = Math.max(points, point + 1);
    cpuMicros[point] += micros;
    bytes[point] = Math.max(bytes[point], resident);
  }

  private void mergeNeighbours() {
    int merged = (points + 1) / 2;
    for (int point = 0; point < merged; point++) {
      int first = 2 * point;
      boolean two = first + 1 < points;
      cpuMicros[point] = cpuMicros[first] + (two ? cpuMicros[first + 1] : 0);
      bytes[point] = Math.max(bytes[first], two ? bytes[first + 1] : 0);
    }
    Arrays.fill(cpuMicros, merged, cpuMicros.length, 0);
    Arrays.fill(bytes, merged, bytes.length, 0);
    points = merged;
    stepMillis *= 2;
  }

  private long length(int point) {
    return Math.min(stepMillis, coveredMillis - (long) point * stepMillis);
  }
}
