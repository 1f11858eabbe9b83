package io.hodei.web.stream;

import io.hodei.logs.LogChunk;
import io.hodei.logs.LogCursor;
import io.hodei.logs.LogInfo;
import io.hodei.logs.LogReading;
import io.hodei.logs.LogStream;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Id;
import io.hodei.security.Caller;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log in portions, each in a transaction of its own: a slow client holds no database
 * connection. Of an open log it reads what was there at the start. What was sealed is compared with
 * its seal before the last portion is given out, so that nobody gets all of a log that somebody
 * changed in the database.
 */
final class LogDownload {
  private static final System.Logger LOG = System.getLogger(LogDownload.class.getName());
  private static final int PORTION = 1 << 20;

  private final LogReading reading;
  private final Caller caller;
  private final long jobId;
  private final LogInfo info;
  private final @Nullable LogStream only;
  private final Map<LogStream, MessageDigest> digests = new EnumMap<>(LogStream.class);
  private LogCursor cursor;
  private long rest;

  /**
   * @param only null: both streams, in the order in which they were read
   */
  LogDownload(
      LogReading reading, Caller caller, long jobId, LogInfo info, @Nullable LogStream only) {
    this.reading = reading;
    this.caller = caller;
    this.jobId = jobId;
    this.info = info;
    this.only = only;
    this.cursor = LogCursor.before(info.attempt());
    this.rest = info.length(only);
  }

  boolean hasMore() {
    return rest > 0;
  }

  /**
   * The next MiB or two; empty when the log is.
   *
   * @throws DomainException DAMAGED when what is stored is not what was sealed; NOT_FOUND when the
   *     job was deleted meanwhile
   */
  byte[] next() {
    ByteArrayOutputStream portion = new ByteArrayOutputStream();
    while (rest > 0 && portion.size() < PORTION) {
      long before = rest;
      if (only == null) {
        readBoth(portion);
      } else {
        readOne(only, portion);
      }
      if (rest == before) {
        throw damaged("%d bytes are missing".formatted(rest));
      }
    }
    if (rest == 0) {
      compareWithSeal();
    }
    return portion.toByteArray();
  }

  private void readOne(LogStream stream, ByteArrayOutputStream portion) {
    long offset = info.length(stream) - rest;
    int limit = (int) Math.min(PORTION, rest);
    take(
        stream,
        reading.range(caller, jobId, info.attempt(), stream, offset, limit).data(),
        portion);
  }

  private void readBoth(ByteArrayOutputStream portion) {
    for (LogChunk chunk : reading.follow(caller, jobId, cursor, PORTION).chunks()) {
      take(chunk.stream(), chunk.data(), portion);
      cursor = new LogCursor(chunk.attempt(), chunk.sequence());
    }
  }

  private void take(LogStream stream, byte[] data, ByteArrayOutputStream portion) {
    int count = (int) Math.min(rest, data.length);
    portion.write(data, 0, count);
    digest(stream).update(data, 0, count);
    rest -= count;
  }

  private void compareWithSeal() {
    for (LogStream stream : LogStream.values()) {
      byte[] sealed = (stream == LogStream.STDOUT ? info.stdout() : info.stderr()).sha256();
      boolean read = only == null || only == stream;
      if (read && sealed != null && !MessageDigest.isEqual(sealed, digest(stream).digest())) {
        throw damaged("the SHA-256 of %s differs".formatted(stream.word()));
      }
    }
  }

  private DomainException damaged(String how) {
    String what =
        "The stored output of attempt %d of job %s is not what was stored when it ended: %s."
            .formatted(info.attempt(), Id.format(jobId), how);
    LOG.log(System.Logger.Level.ERROR, what);
    return new DomainException(
        ErrorCode.DAMAGED,
        what
            + " Something else than Hodei has changed the database; restore the job's rows from a backup."
            + " What is there can be read, unproven, in parts at /api/v1/jobs/%s/logs."
                .formatted(Id.format(jobId)));
  }

  private MessageDigest digest(LogStream stream) {
    return digests.computeIfAbsent(stream, missing -> sha256());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
