package io.hodei.logs;

import io.hodei.jobs.entity.AttemptKey;
import io.hodei.platform.EngineDatabase;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Stores output of running attempts. */
@Stateless
public class LogIntake {
  private final EngineDatabase database;
  private final Event<LogsStored> stored;

  @Inject
  public LogIntake(EngineDatabase database, Event<LogsStored> stored) {
    this.database = database;
    this.stored = stored;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected LogIntake() {
    this(null, null);
  }

  /**
   * Stores pieces of any number of attempts with one statement; give it some MiB at a time. What is
   * stored already is left as it is. Acknowledge the pieces after the commit.
   *
   * @return the attempts whose pieces were refused: they do not hold their job any more, or their
   *     pieces are malformed
   */
  public Set<AttemptKey> append(List<LogPiece> pieces) {
    Set<AttemptKey> refused = new HashSet<>();
    List<LogPiece> good = new ArrayList<>(pieces.size());
    for (LogPiece piece : pieces) {
      if (piece.isWellFormed()) {
        good.add(piece);
      } else {
        refused.add(piece.attempt());
      }
    }
    if (!good.isEmpty()) {
      refused.addAll(insert(good));
      stored.fire(new LogsStored(good.stream().mapToLong(LogPiece::jobId).distinct().toArray()));
    }
    return refused;
  }

  private List<AttemptKey> insert(List<LogPiece> pieces) {
    return database
        .sql(IntakeSql.APPEND)
        .set("jobs", pieces.stream().mapToLong(LogPiece::jobId).toArray())
        .set("epochs", pieces.stream().mapToInt(LogPiece::epoch).toArray())
        .set("sessions", pieces.stream().mapToLong(LogPiece::sessionId).toArray())
        .set("sequences", pieces.stream().mapToInt(LogPiece::sequence).toArray())
        .set("streams", pieces.stream().mapToInt(piece -> piece.stream().code()).toArray())
        .set("positions", pieces.stream().mapToLong(LogPiece::offset).toArray())
        .set("data", pieces.stream().map(LogPiece::data).toArray(byte[][]::new))
        .set("lines", pieces.stream().mapToInt(LogPiece::lines).toArray())
        .set("times", pieces.stream().mapToLong(LogPiece::readAtMicros).toArray())
        .list(row -> new AttemptKey(row.number("job_id"), row.integer("epoch")));
  }
}
