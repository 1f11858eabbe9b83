package io.hodei.external.control;

import com.google.protobuf.ByteString;
import io.hodei.dispatch.entity.Intake;
import io.hodei.external.entity.Done;
import io.hodei.external.entity.ExternalTask;
import io.hodei.external.entity.Outcome;
import io.hodei.external.entity.Phase;
import io.hodei.jobs.entity.AttemptKey;
import io.hodei.protocol.hwp.Finished;
import io.hodei.protocol.hwp.LogChunk;
import io.hodei.protocol.hwp.LogStream;
import io.hodei.protocol.hwp.StreamSummary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** What came of calls, in the words in which agents report. */
public final class Reports {
  private static final int CHUNK = 256 << 10;

  private Reports() {}

  public static Intake of(List<Done> done) {
    List<AttemptKey> started = new ArrayList<>();
    List<LogChunk> chunks = new ArrayList<>();
    List<Finished> finished = new ArrayList<>();
    for (Done each : done) {
      ExternalTask task = each.task();
      switch (each.outcome()) {
        case Outcome.Begun begun -> started.add(task.attempt());
        case Outcome.Running running -> {
          if (task.phase() == Phase.STARTING) {
            started.add(task.attempt());
          }
        }
        case Outcome.PutOff putOff -> {}
        case Outcome.Ended ended -> {
          if (task.phase() == Phase.STARTING
              && ended.kind() != io.hodei.jobs.entity.EndReport.Outcome.LAUNCH_FAILED) {
            started.add(task.attempt());
          }
          finished.add(finished(task, ended, chunks));
        }
      }
    }
    return new Intake(started, chunks, finished);
  }

  private static Finished finished(ExternalTask task, Outcome.Ended ended, List<LogChunk> chunks) {
    long limit = task.spec().logLimitBytes();
    byte[] account = ended.account().getBytes(StandardCharsets.UTF_8);
    int kept = limit == 0 ? ended.output().length : (int) Math.min(limit, ended.output().length);
    int before = chunks.size();
    add(chunks, before, task, LogStream.STDERR, account, account.length);
    add(chunks, before, task, LogStream.STDOUT, ended.output(), kept);
    return Finished.newBuilder()
        .setJobId(task.jobId())
        .setEpoch(task.epoch())
        .setOutcome(io.hodei.protocol.hwp.Outcome.valueOf(ended.kind().name()))
        .setExitCode(ended.exitCode())
        .setReason(ended.reason())
        .setCpuMicros(-1)
        .setPeakMemoryBytes(-1)
        .setChunks(chunks.size() - before)
        .setStdout(summary(ended.output(), kept, ended.dropped() + ended.output().length - kept))
        .setStderr(summary(account, account.length, 0))
        .setResult(ByteString.copyFromUtf8(ended.result()))
        .build();
  }

  private static void add(
      List<LogChunk> chunks,
      int before,
      ExternalTask task,
      LogStream stream,
      byte[] bytes,
      int length) {
    for (int from = 0; from < length; from += CHUNK) {
      chunks.add(
          LogChunk.newBuilder()
              .setJobId(task.jobId())
              .setEpoch(task.epoch())
              .setSequence(chunks.size() - before)
              .setStream(stream)
              .setOffset(from)
              .setData(ByteString.copyFrom(bytes, from, Math.min(CHUNK, length - from)))
              .setReadAtMicros(System.currentTimeMillis() * 1_000)
              .build());
    }
  }

  private static StreamSummary summary(byte[] bytes, int length, long dropped) {
    return StreamSummary.newBuilder()
        .setLength(length)
        .setSha256(length == 0 ? ByteString.EMPTY : ByteString.copyFrom(sha256(bytes, length)))
        .setDropped(dropped)
        .build();
  }

  private static byte[] sha256(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
