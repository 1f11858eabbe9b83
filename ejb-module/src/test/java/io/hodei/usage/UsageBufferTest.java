package io.hodei.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.jobs.entity.AttemptKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageBufferTest {
  private final List<List<UsagePicture>> stored = new ArrayList<>();
  private boolean broken;
  private Runnable meanwhile = () -> {};
  private final UsageBuffer buffer = new UsageBuffer(this::store, null);

  private void store(List<UsagePicture> pictures) {
    meanwhile.run();
    if (broken) {
      throw new IllegalStateException("no database");
    }
    stored.add(pictures);
  }

  private static UsagePicture picture(long job, int covered) {
    return new UsagePicture(
        new AttemptKey(job, 1), 7, covered, covered, new int[] {5}, new long[] {6});
  }

  @Test
  void the_newest_picture_of_each_attempt_is_stored_once() {
    UsagePicture newest = picture(1, 3000);
    buffer.offer(picture(1, 1000));
    buffer.offer(picture(2, 1000));
    buffer.offer(newest);

    buffer.flush();
    buffer.flush();

    assertThat(stored).hasSize(1);
    assertThat(stored.getFirst()).hasSize(2).contains(newest);
  }

  @Test
  void what_does_not_fit_is_refused_and_what_waits_can_still_be_replaced() {
    for (int job = 1; job <= UsageBuffer.MOST; job++) {
      assertThat(buffer.offer(picture(job, 1000))).isTrue();
    }
    assertThat(buffer.offer(picture(UsageBuffer.MOST + 1, 1000))).isFalse();
    UsagePicture newer = picture(1, 2000);
    assertThat(buffer.offer(newer)).isTrue();

    buffer.flush();

    assertThat(stored).hasSize(UsageBuffer.MOST / UsageBuffer.AT_ONCE);
    assertThat(stored).allSatisfy(some -> assertThat(some).hasSize(UsageBuffer.AT_ONCE));
    assertThat(stored.stream().flatMap(List::stream)).contains(newer);
    assertThat(buffer.offer(picture(UsageBuffer.MOST + 1, 1000))).isTrue();
  }

  @Test
  void what_could_not_be_stored_waits_unless_there_is_a_newer_one() {
    UsagePicture kept = picture(1, 1000);
    UsagePicture newer = picture(2, 2000);
    buffer.offer(kept);
    buffer.offer(picture(2, 1000));
    broken = true;
    meanwhile = () -> buffer.offer(newer);
    assertThatThrownBy(buffer::flush).hasMessage("no database");
    broken = false;
    meanwhile = () -> {};

    buffer.flush();

    assertThat(stored.getFirst()).containsExactlyInAnyOrder(kept, newer);
  }
}
