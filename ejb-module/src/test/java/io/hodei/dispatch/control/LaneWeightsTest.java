package io.hodei.dispatch.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LaneWeightsTest {
  private static final int LOW_5 = 1 << 5;
  private static final int NORMAL_5 = 1 << 15;
  private static final int HIGH_5 = 1 << 25;

  @Test
  void lanes_share_eight_to_three_to_one() {
    LaneWeights weights = new LaneWeights();
    int[] turns = new int[3];
    for (int i = 0; i < 1_200; i++) {
      turns[weights.choose(LOW_5 | NORMAL_5 | HIGH_5) / 10]++;
    }
    assertThat(turns).containsExactly(100, 300, 800);
  }

  @Test
  void low_gets_a_turn_in_every_twelve_under_endless_high_load() {
    LaneWeights weights = new LaneWeights();
    int longestWait = 0;
    int wait = 0;
    for (int i = 0; i < 1_000; i++) {
      wait = weights.choose(LOW_5 | HIGH_5) < 10 ? 0 : wait + 1;
      longestWait = Math.max(longestWait, wait);
    }
    assertThat(longestWait).isLessThan(12);
  }

  @Test
  void inside_a_lane_the_higher_level_goes_first() {
    assertThat(new LaneWeights().choose(1 << 10 | 1 << 19 | 1 << 15)).isEqualTo(19);
  }
}
