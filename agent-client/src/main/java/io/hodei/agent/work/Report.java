package io.hodei.agent.work;

import com.google.protobuf.ByteString;
import io.hodei.agent.spool.AttemptId;
import io.hodei.agent.spool.RecoveredAttempt;
import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.Finished;
import io.hodei.protocol.hwp.Outcome;
import io.hodei.protocol.hwp.Started;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The frames that tell the server what became of an attempt. */
final class Report {
  private Report() {}

  static ClientFrame.Builder started(AttemptId id, long pid) {
    return ClientFrame.newBuilder()
        .setStarted(
            Started.newBuilder()
                .setJobId(id.job())
                .setEpoch(id.epoch())
                .setStartedAtMicros(nowMicros())
                .setPid(pid));
  }

  /** The end of an attempt that had no process. */
  static Finished.Builder withoutProcess(AttemptId id, Outcome outcome, String reason) {
    return Finished.newBuilder()
        .setJobId(id.job())
        .setEpoch(id.epoch())
        .setOutcome(outcome)
        .setReason(reason)
        .setFinishedAtMicros(nowMicros())
        .setCpuMicros(-1)
        .setPeakMemoryBytes(-1)
        .setTreeEnded(true)
        .setResult(ByteString.EMPTY);
  }

  /** The end of an attempt that an earlier agent process left unfinished. */
  static Finished.Builder lost(RecoveredAttempt attempt) {
    return withoutProcess(
            attempt.id(),
            Outcome.AGENT_LOST,
            "The agent ended without warning while this attempt ran, and has started again.")
        .setChunks(attempt.chunks())
        .setStdout(attempt.stdout().summary())
        .setStderr(attempt.stderr().summary());
  }

  static ClientFrame.Builder frame(Finished.Builder finished) {
    return ClientFrame.newBuilder().setFinished(finished);
  }

  static long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
