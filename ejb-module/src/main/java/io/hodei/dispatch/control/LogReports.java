package io.hodei.dispatch.control;

import io.hodei.jobs.entity.AttemptKey;
import io.hodei.logs.LogPiece;
import io.hodei.logs.LogStream;
import io.hodei.logs.LogSummary;
import io.hodei.logs.SealResult;
import io.hodei.protocol.hwp.Finished;
import io.hodei.protocol.hwp.LogChunk;
import io.hodei.protocol.hwp.StreamSummary;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Frames about output, in the words of the feature logs. */
public final class LogReports {
  private LogReports() {}

  public static List<LogPiece> pieces(long session, List<LogChunk> chunks) {
    return chunks.stream().map(chunk -> piece(session, chunk)).toList();
  }

  public static boolean wroteSomething(Finished finished) {
    return finished.getChunks() > 0
        || finished.getStdout().getLength() > 0
        || finished.getStderr().getLength() > 0
        || finished.getStdout().getDropped() > 0
        || finished.getStderr().getDropped() > 0;
  }

  public static LogSummary summary(Finished finished) {
    return new LogSummary(
        finished.getJobId(),
        finished.getEpoch(),
        (int) Math.min(finished.getChunks(), Integer.MAX_VALUE),
        stream(finished.getStdout()),
        stream(finished.getStderr()));
  }

  public static AttemptKey key(Finished finished) {
    return new AttemptKey(finished.getJobId(), finished.getEpoch());
  }

  public static Set<AttemptKey> mismatches(Map<AttemptKey, SealResult> results) {
    Set<AttemptKey> keys = new HashSet<>();
    results.forEach(
        (key, result) -> {
          if (result == SealResult.MISMATCH) {
            keys.add(key);
          }
        });
    return keys;
  }

  private static LogPiece piece(long session, LogChunk chunk) {
    return new LogPiece(
        chunk.getJobId(),
        chunk.getEpoch(),
        session,
        (int) Math.min(chunk.getSequence(), Integer.MAX_VALUE),
        chunk.getStream() == io.hodei.protocol.hwp.LogStream.STDERR
            ? LogStream.STDERR
            : LogStream.STDOUT,
        chunk.getOffset(),
        chunk.getData().toByteArray(),
        chunk.getReadAtMicros());
  }

  private static LogSummary.StreamSummary stream(StreamSummary summary) {
    return new LogSummary.StreamSummary(
        Math.max(0, summary.getLength()),
        summary.getSha256().toByteArray(),
        Math.max(0, summary.getDropped()));
  }
}
