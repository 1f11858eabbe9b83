package io.hodei.web.stream;

import io.hodei.jobs.entity.JobState;
import io.hodei.logs.LogChunk;
import io.hodei.logs.LogCursor;
import io.hodei.logs.LogFollow;
import io.hodei.logs.LogPoint;
import io.hodei.platform.DomainException;

/** One client that follows the output of a job. Only the loop of {@link LogTails} moves it. */
final class LogTail {
  private static final int PORTION = 128 * 1024;

  final SseConnection connection;
  final long jobId;
  private final boolean oneAttempt;
  private LogCursor cursor;
  private int version = -1;
  private JobState shownState = JobState.SCHEDULED;
  private int shownEpoch = -1;

  /**
   * Begins behind the cursor.
   *
   * @param oneAttempt whether it ends with the attempt of the cursor
   */
  LogTail(SseConnection connection, long jobId, LogCursor cursor, boolean oneAttempt) {
    this.connection = connection;
    this.jobId = jobId;
    this.cursor = cursor;
    this.oneAttempt = oneAttempt;
  }

  LogPoint point() {
    return new LogPoint(jobId, cursor, version);
  }

  /** Sends what is new, as long as the client takes it. */
  void advance(Follow follow) {
    boolean going = true;
    while (going && connection.isOpen() && connection.hasRoom()) {
      try {
        going = take(follow.after(cursor, PORTION));
      } catch (DomainException gone) {
        // The job was deleted while it was followed.
        finish();
        going = false;
      }
    }
  }

  /** Sends one portion; answers whether to read another. */
  private boolean take(LogFollow found) {
    version = found.version();
    if (!found.state().isTerminal()) {
      showState(found);
    }
    for (LogChunk chunk : found.chunks()) {
      LogCursor next = new LogCursor(chunk.attempt(), chunk.sequence());
      if (!connection.send(SseFrame.event("log", next.text(), StreamJson.chunk(chunk)))) {
        return false;
      }
      cursor = next;
    }
    if (found.more() || !found.attemptEnded()) {
      return found.more();
    }
    if (!oneAttempt && found.epoch() > cursor.attempt()) {
      cursor = LogCursor.before(cursor.attempt() + 1);
      return true;
    }
    if (found.state().isTerminal() || oneAttempt) {
      showState(found);
      finish();
    }
    return false;
  }

  private void showState(LogFollow found) {
    if (found.state() != shownState || found.epoch() != shownEpoch) {
      shownState = found.state();
      shownEpoch = found.epoch();
      connection.send(SseFrame.event("state", StreamJson.state(jobId, found)));
    }
  }

  private void finish() {
    connection.send(SseFrame.event("end", "{}"));
    connection.close();
  }

  /** Reads the database. */
  interface Follow {
    LogFollow after(LogCursor cursor, int maxBytes);
  }
}
