package io.hodei.agent.logs;

import com.google.protobuf.ByteString;
import io.hodei.agent.spool.AttemptId;
import io.hodei.agent.spool.Spool;
import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.LogChunk;
import io.hodei.protocol.hwp.LogStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Numbers the chunks of one attempt over both streams and hands them to the spool. */
public final class LogWriter {
  private final AttemptId id;
  private final Spool spool;
  private long sequence;
  private volatile boolean discarding;

  public LogWriter(AttemptId id, Spool spool) {
    this.id = id;
    this.spool = spool;
  }

  /** From now on nobody wants this attempt's output. */
  public void discard() {
    discarding = true;
  }

  public synchronized long chunks() {
    return sequence;
  }

  /** Waits while the spool is full: whoever reads the process then stands still, and so does it. */
  synchronized void write(LogStream stream, long offset, byte[] bytes, int count)
      throws InterruptedException {
    if (discarding) {
      return;
    }
    spool.awaitRoom();
    LogChunk.Builder chunk =
        LogChunk.newBuilder()
            .setJobId(id.job())
            .setEpoch(id.epoch())
            .setSequence(sequence)
            .setStream(stream)
            .setOffset(offset)
            .setData(ByteString.copyFrom(bytes, 0, count))
            .setReadAtMicros(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    spool.append(id, ClientFrame.newBuilder().setLog(chunk), false);
    sequence++;
  }
}
