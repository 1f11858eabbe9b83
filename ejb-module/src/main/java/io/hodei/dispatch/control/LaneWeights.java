package io.hodei.dispatch.control;

/**
 * Chooses the next level to take from: the lanes HIGH, NORMAL and LOW have 8, 3 and 1 of 12 turns
 * while all of them have work, and inside a lane the highest level goes first. Smooth weighted
 * round robin, so LOW never starves.
 */
final class LaneWeights {
  private static final int[] WEIGHTS = {1, 3, 8};
  private static final int LANE_MASK = (1 << 10) - 1;

  private final int[] current = new int[WEIGHTS.length];

  /**
   * The next level.
   *
   * @param levels the levels that have work, as bits; not 0
   */
  int choose(int levels) {
    int best = -1;
    int total = 0;
    for (int lane = 0; lane < WEIGHTS.length; lane++) {
      if ((levels >> (lane * 10) & LANE_MASK) != 0) {
        current[lane] += WEIGHTS[lane];
        total += WEIGHTS[lane];
        if (best < 0 || current[lane] > current[best]) {
          best = lane;
        }
      }
    }
    current[best] -= total;
    int inLane = levels >> (best * 10) & LANE_MASK;
    return best * 10 + (31 - Integer.numberOfLeadingZeros(inLane));
  }
}
