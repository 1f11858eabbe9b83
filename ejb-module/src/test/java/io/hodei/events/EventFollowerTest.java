package io.hodei.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.testing.TestDatabase;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventFollowerTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

  private final Outbox outbox = new Outbox(DATABASE.engine());

  @BeforeEach
  void empty() {
    RelayDuty.begin(DATABASE);
  }

  @Test
  void more_rows_than_are_read_at_once_are_handed_on_in_one_round() {
    assertHandedOn(1_100, i -> "[{\"n\": %d}]".formatted(i));
  }

  @Test
  void more_bytes_than_are_read_at_once_are_handed_on_in_one_round() {
    Random random = new Random(7);
    assertHandedOn(5, i -> "[{\"n\": %d, \"x\": \"%s\"}]".formatted(i, noise(random, 300_000)));
  }

  private void assertHandedOn(int count, IntFunction<String> items) {
    List<Long> heard = new CopyOnWriteArrayList<>();
    try (EventBus bus = new EventBus(() -> 2_000, Thread.ofPlatform().daemon().factory())) {
      bus.subscribe(EventBus.ALL, rows -> rows.forEach(row -> heard.add(row.position())));
      EventFollower follower = follower(bus);
      assertThat(follower.followToTheEnd()).isFalse();
      IntStream.range(0, count).forEach(i -> write(items.apply(i)));
      assertThat(outbox.relay(RelayDuty.TERM, 10_000)).isEqualTo(count);

      assertThat(follower.followToTheEnd()).isTrue();

      assertThat(follower.position()).isEqualTo(outbox.head());
    }
    assertThat(heard).hasSize(count).isSorted().doesNotHaveDuplicates();
  }

  @SuppressWarnings("NullAway") // The grid only brings hints.
  private EventFollower follower(EventBus bus) {
    return new EventFollower(outbox, bus, null, Thread.ofPlatform().daemon().factory());
  }

  /** Text that cannot be compressed much. */
  private static String noise(Random random, int length) {
    return random
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static void write(String items) {
    DATABASE
        .engine()
        .sql(
            "insert into outbox (tenant_id, topic, items) values (1, 'job.created', cast(:i as json))")
        .set("i", items)
        .update();
  }
}
