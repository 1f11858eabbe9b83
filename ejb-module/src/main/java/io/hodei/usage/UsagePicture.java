package io.hodei.usage;

import io.hodei.jobs.entity.AttemptKey;

/**
 * What an attempt used so far, as an agent tells it.
 *
 * @param sessionId the session it came in
 * @param stepMillis what each point covers
 * @param coveredMillis what all of them cover; the last one may cover less than a step
 * @param cpuPermille thousandths of a core, per step
 * @param memoryBytes the most in each step
 */
public record UsagePicture(
    AttemptKey attempt,
    long sessionId,
    int stepMillis,
    long coveredMillis,
    int[] cpuPermille,
    long[] memoryBytes) {
  /** Most points of a picture. */
  public static final int MOST_POINTS = 120;

  private static final int MOST_PERMILLE = 10_000_000;
  private static final long MOST_BYTES = 1L << 50;

  /** Whether it can be what a process used, and the database would take it. */
  public boolean isWellFormed() {
    int points = cpuPermille.length;
    boolean fits =
        points > 0
            && points <= MOST_POINTS
            && memoryBytes.length == points
            && stepMillis > 0
            && coveredMillis > (long) stepMillis * (points - 1)
            && coveredMillis <= (long) stepMillis * points;
    for (int point = 0; fits && point < points; point++) {
      fits =
          cpuPermille[point] >= 0
              && cpuPermille[point] <= MOST_PERMILLE
              && memoryBytes[point] >= 0
              && memoryBytes[point] <= MOST_BYTES;
    }
    return fits;
  }
}
