package io.hodei.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  private final Ids ids = new Ids(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void ids_rise_and_are_unique_also_beyond_what_a_millisecond_holds() {
    ids.assign(3, Duration.ofMinutes(1));
    Set<Long> seen = new TreeSet<>();
    long before = 0;
    for (long id : ids.next(20_000)) {
      assertThat(id).isGreaterThan(before);
      before = id;
      seen.add(id);
    }
    assertThat(seen).hasSize(20_000);
  }

  @Test
  void two_nodes_never_make_the_same_id() {
    Ids other = new Ids(Clock.fixed(NOW, ZoneOffset.UTC));
    ids.assign(1, Duration.ofMinutes(1));
    other.assign(2, Duration.ofMinutes(1));
    Set<Long> seen = new ConcurrentSkipListSet<>();
    for (int i = 0; i < 5_000; i++) {
      seen.add(ids.next());
      seen.add(other.next());
    }
    assertThat(seen).hasSize(10_000);
  }

  @Test
  void without_a_valid_node_number_no_id_is_made() {
    assertThatThrownBy(ids::next)
        .isInstanceOf(DomainException.class)
        .hasMessageContaining("node number");
    ids.assign(1, Duration.ofNanos(-1));
    assertThatThrownBy(ids::next).isInstanceOf(DomainException.class);
    ids.assign(1, Duration.ofMinutes(1));
    ids.withdraw();
    assertThatThrownBy(ids::next).isInstanceOf(DomainException.class);
  }

  @Test
  void the_lowest_id_of_a_time_is_not_above_an_id_made_then() {
    ids.assign(0, Duration.ofMinutes(1));
    assertThat(Ids.lowest(NOW)).isLessThanOrEqualTo(ids.next());
    assertThat(Ids.lowest(NOW.plusMillis(1))).isGreaterThan(ids.next());
  }

  @Test
  void texts_of_ids_sort_like_ids_and_read_back() {
    ids.assign(1023, Duration.ofMinutes(1));
    String before = "";
    for (long id : ids.next(1_000)) {
      String text = Id.format(id);
      assertThat(text).hasSize(13).isGreaterThan(before);
      assertThat(Id.parse(text)).isEqualTo(id);
      before = text;
    }
    assertThat(Id.parse("0C7X2M9QK4T1")).isEqualTo(-1);
    assertThat(Id.parse("ZZZZZZZZZZZZZ")).isEqualTo(-1);
    assertThat(Id.parse("0C7X2M9QK4T1U")).isEqualTo(-1);
  }
}
