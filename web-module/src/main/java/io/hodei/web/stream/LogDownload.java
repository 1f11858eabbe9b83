package io.hodei.web.stream;

import io.hodei.logs.LogChunk;
import io.hodei.logs.LogCursor;
import io.hodei.logs.LogInfo;
import io.hodei.logs.LogRange;
import io.hodei.logs.LogReading;
import io.hodei.logs.LogStream;
import io.hodei.security.Caller;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a log in portions, each read in a transaction of its own: a slow client holds no database
 * connection. Of an open log it writes what was there at the start.
 */
record LogDownload(
    LogReading reading, Caller caller, long jobId, LogInfo info, @Nullable LogStream stream) {
  private static final int PORTION = 1 << 20;

  void write(OutputStream output) throws IOException {
    long rest = info.length(stream);
    if (stream == null) {
      writeBoth(output, rest);
    } else {
      writeOne(output, stream, rest);
    }
  }

  private void writeOne(OutputStream output, LogStream one, long length) throws IOException {
    long offset = 0;
    while (offset < length) {
      int limit = (int) Math.min(PORTION, length - offset);
      LogRange range = reading.range(caller, jobId, info.attempt(), one, offset, limit);
      if (range.data().length == 0) {
        throw new IOException("The log of the job was deleted while it was read");
      }
      output.write(range.data());
      offset = range.next();
    }
  }

  private void writeBoth(OutputStream output, long length) throws IOException {
    LogCursor cursor = LogCursor.before(info.attempt());
    long rest = length;
    while (rest > 0) {
      List<LogChunk> chunks = reading.follow(caller, jobId, cursor, PORTION).chunks();
      if (chunks.isEmpty()) {
        throw new IOException("The log of the job was deleted while it was read");
      }
      for (LogChunk chunk : chunks) {
        int count = (int) Math.min(rest, chunk.data().length);
        output.write(chunk.data(), 0, count);
        rest -= count;
        cursor = new LogCursor(chunk.attempt(), chunk.sequence());
      }
    }
  }
}
