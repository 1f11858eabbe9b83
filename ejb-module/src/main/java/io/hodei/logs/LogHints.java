package io.hodei.logs;

import io.hodei.cluster.Grid;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Tells all nodes that there is new output, so that those who follow it look. May be lost. */
@ApplicationScoped
public class LogHints {
  private static final String TOPIC = "logs";

  private final Grid grid;

  @Inject
  public LogHints(Grid grid) {
    this.grid = grid;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected LogHints() {
    this(null);
  }

  /** Hears the ids of jobs with new output. The consumer must not block. */
  public void subscribe(Consumer<long[]> consumer) {
    grid.subscribe(TOPIC, hint -> consumer.accept(unpack(hint)));
  }

  void publish(@Observes(during = TransactionPhase.AFTER_SUCCESS) LogsStored stored) {
    ByteBuffer hint = ByteBuffer.allocate(stored.jobIds().length * Long.BYTES);
    hint.asLongBuffer().put(stored.jobIds());
    grid.publish(TOPIC, hint.array());
  }

  private static long[] unpack(byte[] hint) {
    long[] ids = new long[hint.length / Long.BYTES];
    ByteBuffer.wrap(hint).asLongBuffer().get(ids);
    return ids;
  }
}
