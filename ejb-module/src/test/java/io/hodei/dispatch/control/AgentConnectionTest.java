package io.hodei.dispatch.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.dispatch.entity.AgentChannel;
import io.hodei.protocol.hwp.ClientFrames;
import io.hodei.protocol.hwp.ServerFrame;
import io.hodei.security.Caller;
import io.hodei.security.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AgentConnectionTest {
  private final AtomicLong now = new AtomicLong(-5);
  private final List<AgentConnection> ended = new ArrayList<>();
  private final Wire wire = new Wire();

  @SuppressWarnings("NullAway") // No frame reaches the desk.
  private final AgentConnection connection =
      new AgentConnection(
          new Caller(1, "t", 1, "agent", Role.AGENT, Set.of()),
          wire,
          null,
          Runnable::run,
          ended::add,
          now::get);

  @Test
  void who_says_nothing_for_20_seconds_is_cut() {
    passes(Duration.ofSeconds(19));
    assertThat(wire.closed).isEmpty();
    passes(Duration.ofSeconds(2));
    assertThat(wire.closed).containsExactly("Closed because nothing was heard for 20 s");
    assertThat(ended).containsExactly(connection);
  }

  @Test
  void each_message_counts() {
    passes(Duration.ofSeconds(19));
    connection.receive(ClientFrames.getDefaultInstance().toByteArray());
    passes(Duration.ofSeconds(19));
    assertThat(wire.closed).isEmpty();
  }

  @Test
  void who_does_not_read_for_10_seconds_is_cut() {
    wire.stalled = Duration.ofSeconds(9);
    connection.cutIfDead();
    assertThat(wire.closed).isEmpty();
    wire.stalled = Duration.ofSeconds(11);
    connection.cutIfDead();
    assertThat(wire.closed).containsExactly("Closed because a frame could not be sent for 10 s");
  }

  private void passes(Duration time) {
    now.addAndGet(time.toNanos());
    connection.cutIfDead();
  }

  /** A wire that keeps what happens to it. */
  private static final class Wire implements AgentChannel {
    private final List<String> closed = new ArrayList<>();
    private Duration stalled = Duration.ZERO;

    @Override
    public void send(ServerFrame frame) {}

    @Override
    public Duration stalled() {
      return stalled;
    }

    @Override
    public void close(String reason) {
      closed.add(reason);
    }
  }
}
