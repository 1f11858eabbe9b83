package io.hodei.dispatch.control;

import com.google.protobuf.ByteString;
import io.hodei.jobs.entity.JobSpec;
import io.hodei.jobs.entity.LeasedJob;
import io.hodei.platform.Id;
import io.hodei.protocol.Hwp;
import io.hodei.protocol.hwp.Assign;
import io.hodei.protocol.hwp.Assignment;
import io.hodei.protocol.hwp.ServerFrame;
import io.hodei.protocol.hwp.Spec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Leased jobs as frames for their agent. */
final class Assignments {
  private Assignments() {}

  /** As few frames as their largest size allows. */
  static List<ServerFrame> frames(List<LeasedJob> jobs) {
    List<ServerFrame> frames = new ArrayList<>();
    Assign.Builder assign = Assign.newBuilder();
    int size = 0;
    for (LeasedJob job : jobs) {
      Assignment assignment = assignment(job);
      if (size > 0 && size + assignment.getSerializedSize() > Hwp.MAX_FRAME_BYTES - 1024) {
        frames.add(ServerFrame.newBuilder().setAssign(assign).build());
        assign = Assign.newBuilder();
        size = 0;
      }
      assign.addAssignments(assignment);
      size += assignment.getSerializedSize() + 8;
    }
    frames.add(ServerFrame.newBuilder().setAssign(assign).build());
    return frames;
  }

  private static Assignment assignment(LeasedJob job) {
    Duration run = job.spec().timeouts().run();
    return Assignment.newBuilder()
        .setJobId(job.id())
        .setEpoch(job.epoch())
        .setAttempt(job.epoch())
        .setSpec(spec(job.spec()))
        .setRunTimeoutMillis(run == null ? 0 : Math.max(1, run.toMillis()))
        .setLogLimitBytes(job.spec().logLimitBytes())
        .putContext("HODEI_JOB_ID", Id.format(job.id()))
        .putContext("HODEI_JOB_NAME", job.name())
        .putContext("HODEI_ATTEMPT_NUMBER", Integer.toString(job.epoch()))
        .build();
  }

  private static Spec spec(JobSpec spec) {
    return Spec.newBuilder()
        .setExecutor(spec.executor())
        .addAllCommand(spec.command())
        .setShell(Objects.requireNonNullElse(spec.shell(), ""))
        .putAllEnvironment(spec.environment())
        .setStdin(ByteString.copyFrom(spec.stdin()))
        .setWorkingDirectory(Objects.requireNonNullElse(spec.workingDirectory(), ""))
        .setKillGraceMillis(spec.killGrace().toMillis())
        .setImage(Objects.requireNonNullElse(spec.image(), ""))
        .build();
  }
}
