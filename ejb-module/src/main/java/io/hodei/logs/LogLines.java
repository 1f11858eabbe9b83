package io.hodei.logs;

import io.hodei.logs.LogHits.Hit;
import io.hodei.platform.Database;
import io.hodei.platform.Row;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds lines of the caller's logs, by number or by a text in them. A log is of one stream, or of
 * both (null) in the order in which they were read.
 */
@Stateless
public class LogLines {
  private static final int PORTION = 2 << 20;
  private static final int ROWS = 2_048;

  /** A search answers after about this time with what it has found, and says where to go on. */
  private static final long PATIENCE_NANOS = Duration.ofMillis(900).toNanos();

  private final TenantDatabase tenants;
  private final LogReading reading;

  @Inject
  public LogLines(TenantDatabase tenants, LogReading reading) {
    this.tenants = tenants;
    this.reading = reading;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected LogLines() {
    this(null, null);
  }

  /** Which log is meant. */
  public record Log(long jobId, int attempt, @Nullable LogStream stream) {}

  /**
   * What is looked for.
   *
   * @param text not empty
   * @param matchCase whether letters of ASCII differ by case
   * @param from offset to begin at
   * @param limit most lines
   */
  public record Wanted(String text, boolean matchCase, long from, int limit) {}

  /**
   * Where a line begins; behind the end when there are fewer.
   *
   * @param line from 1
   * @throws io.hodei.platform.DomainException NOT_FOUND
   */
  public LogPlace ofLine(Caller caller, Log log, long line) {
    LogInfo info = reading.info(caller, log.jobId, log.attempt);
    Database database = tenants.in(caller.tenantId());
    long ended = ended(database, caller, log, info);
    if (line == 1) {
      return new LogPlace(info.attempt(), 0, 1, ended);
    }
    return query(database.sql(LinesSql.CHUNK_OF_LINE), caller, log, info)
        .set("ends", line - 1)
        .first(Placed::of)
        .map(chunk -> chunk.bytesBefore + chunk.endOf(line - 1 - chunk.linesBefore))
        .map(offset -> new LogPlace(info.attempt(), offset, line, ended))
        .orElseGet(() -> new LogPlace(info.attempt(), info.length(log.stream), ended + 1, ended));
  }

  /** Which line a byte belongs to. */
  public LogPlace ofOffset(Caller caller, Log log, long offset) {
    LogInfo info = reading.info(caller, log.jobId, log.attempt);
    Database database = tenants.in(caller.tenantId());
    long line = placed(database, caller, log, info, offset).map(c -> c.lineOf(offset)).orElse(1L);
    return new LogPlace(info.attempt(), offset, line, ended(database, caller, log, info));
  }

  /**
   * Lines with a text, from an offset on. Work is bounded: when its time is over it says where to
   * go on, also without having found something.
   */
  public LogHits search(Caller caller, Log log, Wanted wanted) {
    LogInfo info = reading.info(caller, log.jobId, log.attempt);
    Database database = tenants.in(caller.tenantId());
    long began = System.nanoTime();
    Optional<Placed> first = placed(database, caller, log, info, wanted.from);
    if (first.isEmpty() || wanted.from >= info.length(log.stream)) {
      return new LogHits(info, List.<Hit>of(), null);
    }
    LogScan scan =
        new LogScan(
            new Needle(wanted.text, wanted.matchCase),
            wanted.limit,
            wanted.from,
            first.get().bytesBefore,
            first.get().linesBefore);
    int after = first.get().sequence - 1;
    while (!scan.isFull() && System.nanoTime() - began < PATIENCE_NANOS) {
      List<Chunk> portion =
          query(database.sql(LinesSql.PORTION), caller, log, info)
              .set("after", after)
              .set("bytes", PORTION)
              .set("rows", ROWS)
              .list(Chunk::of);
      if (portion.isEmpty()) {
        return new LogHits(info, scan.hits(), null);
      }
      for (Chunk chunk : portion) {
        if (!scan.isFull()) {
          scan.take(chunk.data, chunk.lines);
        }
      }
      after = portion.getLast().sequence;
    }
    return new LogHits(info, scan.hits(), scan.next());
  }

  private static long ended(Database database, Caller caller, Log log, LogInfo info) {
    return query(database.sql(LinesSql.TOTAL), caller, log, info).one(row -> row.number("ended"));
  }

  private static Optional<Placed> placed(
      Database database, Caller caller, Log log, LogInfo info, long offset) {
    return query(database.sql(LinesSql.CHUNK_OF_OFFSET), caller, log, info)
        .set("offset", offset)
        .first(Placed::of);
  }

  private static Database.Query query(Database.Query query, Caller caller, Log log, LogInfo info) {
    return query
        .set("tenant", caller.tenantId())
        .set("job", log.jobId)
        .set("epoch", info.attempt())
        .set("stream", log.stream == null ? 0 : log.stream.code());
  }

  private record Chunk(int sequence, int lines, byte[] data) {
    static Chunk of(Row row) throws SQLException {
      return new Chunk(row.integer("sequence"), row.integer("lines"), row.bytes("data"));
    }
  }

  private record Placed(int sequence, long bytesBefore, long linesBefore, byte[] data) {
    static Placed of(Row row) throws SQLException {
      return new Placed(
          row.integer("sequence"),
          row.number("bytes_before"),
          row.number("lines_before"),
          row.bytes("data"));
    }

    /** The index behind the end of the first, second, … line that ends here. */
    int endOf(long number) {
      long ends = 0;
      for (int i = 0; i < data.length; i++) {
        if (data[i] == '\n' && ++ends == number) {
          return i + 1;
        }
      }
      return data.length;
    }

    long lineOf(long offset) {
      int inside = (int) Math.min(data.length, offset - bytesBefore);
      return linesBefore + LogScan.newlines(data, 0, inside) + 1;
    }
  }
}
