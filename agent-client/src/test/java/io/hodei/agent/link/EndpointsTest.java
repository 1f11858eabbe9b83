package io.hodei.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EndpointsTest {
  private static final URI A = URI.create("ws://a/agent/v1");
  private static final URI B = URI.create("ws://b/agent/v1");
  private static final URI C = URI.create("ws://c/agent/v1");

  private final Endpoints endpoints = new Endpoints(List.of(A), new Random(1));

  @Test
  void nodes_named_by_the_last_node_are_tried_before_the_one_that_was_left() {
    endpoints.works(List.of(B, C));
    endpoints.left();
    Set<URI> tried = new HashSet<>();
    tried.add(endpoints.current());
    endpoints.failed();
    tried.add(endpoints.current());
    assertThat(tried).containsExactlyInAnyOrder(B, C);
    endpoints.failed();
    assertThat(endpoints.current()).isEqualTo(A);
  }

  @Test
  void it_does_not_wait_before_every_node_was_tried_and_then_ever_longer() {
    endpoints.works(List.of(B, C));
    assertThat(endpoints.failed()).isZero();
    assertThat(endpoints.failed()).isZero();
    assertThat(endpoints.failed()).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    Duration last = Duration.ZERO;
    for (int i = 0; i < 60; i++) {
      last = endpoints.failed();
    }
    assertThat(last).isBetween(Duration.ofMillis(2500), Duration.ofMillis(5000));
  }

  @Test
  void a_node_that_is_no_longer_named_is_forgotten_unless_it_was_configured() {
    endpoints.works(List.of(B));
    endpoints.left();
    assertThat(endpoints.current()).isEqualTo(B);
    endpoints.works(List.of(C));
    endpoints.left();
    endpoints.works(List.of());
    endpoints.left();
    assertThat(endpoints.current()).isIn(A, C);
  }
}
