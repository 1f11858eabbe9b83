package io.hodei.logs;

import io.hodei.jobs.entity.JobState;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.Id;
import io.hodei.platform.Row;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the output of the caller's jobs, in portions of bounded size. */
@Stateless
public class LogReading {
  private static final int ROWS = 2_048;

  private final TenantDatabase tenants;

  @Inject
  public LogReading(TenantDatabase tenants) {
    this.tenants = tenants;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected LogReading() {
    this(null);
  }

  /**
   * The logs of all attempts, the first one first.
   *
   * @throws DomainException NOT_FOUND
   */
  public List<LogInfo> infos(Caller caller, long jobId) {
    Database database = tenants.in(caller.tenantId());
    head(database, caller, jobId);
    return infos(database, caller, jobId, 0);
  }

  /**
   * The log of one attempt; of the newest one when {@code attempt} is 0.
   *
   * @throws DomainException NOT_FOUND also for an attempt that does not exist
   */
  public LogInfo info(Caller caller, long jobId, int attempt) {
    return info(tenants.in(caller.tenantId()), caller, jobId, attempt);
  }

  /**
   * Bytes of one stream, or of both in the order in which they were read when {@code stream} is
   * null.
   *
   * @param attempt 0 for the newest
   * @param limit at most so many bytes; may be fewer, see {@link LogRange#next}
   * @throws DomainException NOT_FOUND
   */
  public LogRange range(
      Caller caller, long jobId, int attempt, @Nullable LogStream stream, long offset, int limit) {
    Database database = tenants.in(caller.tenantId());
    LogInfo info = info(database, caller, jobId, attempt);
    var query =
        database
            .sql(stream == null ? ReadingSql.RANGE_OF_BOTH : ReadingSql.RANGE)
            .set("tenant", caller.tenantId())
            .set("job", jobId)
            .set("epoch", info.attempt())
            .set("offset", offset)
            .set("end", Math.addExact(offset, limit))
            .set("rows", ROWS);
    if (stream != null) {
      query.set("stream", stream.code());
    }
    return new LogRange(info, offset, cut(query.list(Part::of), offset, limit));
  }

  /**
   * The state of a job and what an attempt wrote behind the cursor.
   *
   * @param maxBytes about so many, but at least one chunk
   * @throws DomainException NOT_FOUND
   */
  public LogFollow follow(Caller caller, long jobId, LogCursor cursor, int maxBytes) {
    Database database = tenants.in(caller.tenantId());
    // State first: when it says that the attempt has ended, its last chunk is visible.
    Head head = head(database, caller, jobId);
    List<LogChunk> chunks =
        database
            .sql(ReadingSql.CHUNKS)
            .set("tenant", caller.tenantId())
            .set("job", jobId)
            .set("epoch", cursor.attempt())
            .set("after", cursor.sequence())
            .set("bytes", maxBytes)
            .set("rows", ROWS)
            .list(row -> chunk(row, cursor.attempt()));
    boolean ended = cursor.attempt() < head.epoch || !head.state.isHeld();
    return new LogFollow(
        head.state,
        head.epoch,
        head.version,
        head.exitCode,
        head.signal,
        head.reason,
        chunks,
        ended,
        !chunks.isEmpty());
  }

  /** Those of the points behind which there is something new, or whose job is gone: their jobs. */
  public List<Long> news(Caller caller, List<LogPoint> points) {
    return tenants
        .in(caller.tenantId())
        .sql(ReadingSql.NEWS)
        .set("tenant", caller.tenantId())
        .set("jobs", points.stream().mapToLong(LogPoint::jobId).toArray())
        .set("epochs", points.stream().mapToInt(point -> point.cursor().attempt()).toArray())
        .set("sequences", points.stream().mapToInt(point -> point.cursor().sequence()).toArray())
        .set("versions", points.stream().mapToInt(LogPoint::version).toArray())
        .list(row -> row.number("job_id"));
  }

  private static LogInfo info(Database database, Caller caller, long jobId, int attempt) {
    Head head = head(database, caller, jobId);
    int wanted = attempt == 0 ? head.epoch : attempt;
    if (wanted == 0) {
      return LogInfo.none(head.state.isTerminal());
    }
    return infos(database, caller, jobId, wanted).stream()
        .findFirst()
        .orElseThrow(
            () -> DomainException.notFound("attempt", attempt + " of job " + Id.format(jobId)));
  }

  private static List<LogInfo> infos(Database database, Caller caller, long jobId, int attempt) {
    return database
        .sql(ReadingSql.INFOS)
        .set("tenant", caller.tenantId())
        .set("job", jobId)
        .set("epoch", attempt)
        .list(LogReading::info);
  }

  private static Head head(Database database, Caller caller, long jobId) {
    return database
        .sql(ReadingSql.HEAD)
        .set("tenant", caller.tenantId())
        .set("job", jobId)
        .first(Head::of)
        .orElseThrow(() -> DomainException.notFound("job", Id.format(jobId)));
  }

  private static LogInfo info(Row row) throws SQLException {
    return new LogInfo(
        row.integer("epoch"),
        LogState.valueOf(row.text("state")),
        new LogInfo.Stream(
            row.number("stdout_length"),
            row.bytesOrNull("stdout_sha256"),
            row.number("stdout_dropped")),
        new LogInfo.Stream(
            row.number("stderr_length"),
            row.bytesOrNull("stderr_sha256"),
            row.number("stderr_dropped")));
  }

  private static LogChunk chunk(Row row, int attempt) throws SQLException {
    return new LogChunk(
        attempt,
        row.integer("sequence"),
        LogStream.of(row.integer("stream")),
        row.number("position"),
        row.instant("read_at"),
        row.bytes("data"));
  }

  /** The bytes from offset on, as long as they follow one another. */
  private static byte[] cut(List<Part> parts, long offset, int limit) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Part part : parts) {
      int from = (int) Math.max(0, offset + bytes.size() - part.position);
      int count = Math.min(part.data.length - from, limit - bytes.size());
      if (part.position > offset + bytes.size()) {
        break;
      }
      if (count > 0) {
        bytes.write(part.data, from, count);
      }
    }
    return bytes.toByteArray();
  }

  private record Part(long position, byte[] data) {
    static Part of(Row row) throws SQLException {
      return new Part(row.number("position"), row.bytes("data"));
    }
  }

  private record Head(
      JobState state,
      int epoch,
      int version,
      @Nullable Integer exitCode,
      @Nullable Integer signal,
      @Nullable String reason) {
    static Head of(Row row) throws SQLException {
      return new Head(
          JobState.valueOf(row.text("state")),
          row.integer("epoch"),
          row.integer("version"),
          row.integerOrNull("exit_code"),
          row.integerOrNull("signal"),
          row.textOrNull("reason"));
    }
  }
}
