package io.hodei.agent.work;

import io.hodei.agent.spool.AttemptId;
import io.hodei.agent.spool.Spool;
import io.hodei.agent.spool.SpoolCursor;
import io.hodei.agent.spool.SpooledFrame;
import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.LogChunk;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Appends all output of a finished attempt once more, with new numbers, then its end. */
final class Resend implements Runnable {
  private static final System.Logger LOG = System.getLogger(Resend.class.getName());

  private final AttemptId id;
  private final Spool spool;
  private final LongConsumer done;

  /**
   * @param done takes the number of the new Finished frame, 0 when there is none
   */
  Resend(AttemptId id, Spool spool, LongConsumer done) {
    this.id = id;
    this.spool = spool;
    this.done = done;
  }

  @Override
  public void run() {
    long number = 0;
    try {
      spool.flush();
      ClientFrame finished = copyChunks();
      if (finished == null) {
        LOG.log(Level.WARNING, "{0} is to be sent again, but its end is not in the spool", id);
      } else {
        number = spool.append(id, finished.toBuilder(), false);
      }
    } catch (IOException e) {
      LOG.log(Level.ERROR, "{0} cannot be sent again: the spool cannot be read: {1}", id, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      done.accept(number);
    }
  }

  /**
   * @return its first Finished frame, where the copying ends: what follows are earlier copies
   */
  private @Nullable ClientFrame copyChunks() throws IOException, InterruptedException {
    SpoolCursor cursor = spool.everything();
    long expected = 0;
    for (SpooledFrame next = cursor.next(); next != null; next = cursor.next()) {
      ClientFrame frame = ClientFrame.parseFrom(next.bytes());
      if (frame.hasLog() && isMine(frame.getLog())) {
        if (frame.getLog().getSequence() != expected) {
          LOG.log(Level.WARNING, "{0}: chunks before {1} are gone", id, expected);
        }
        expected = frame.getLog().getSequence() + 1;
        spool.append(id, frame.toBuilder(), false);
      } else if (frame.hasFinished()
          && frame.getFinished().getJobId() == id.job()
          && frame.getFinished().getEpoch() == id.epoch()) {
        return frame;
      }
    }
    return null;
  }

  private boolean isMine(LogChunk chunk) {
    return chunk.getJobId() == id.job() && chunk.getEpoch() == id.epoch();
  }
}
