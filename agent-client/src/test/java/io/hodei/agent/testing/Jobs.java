package io.hodei.agent.testing;

import com.google.protobuf.ByteString;
import io.hodei.protocol.hwp.Assignment;
import io.hodei.protocol.hwp.Spec;
import java.util.List;

/** Assignments as tests need them. */
public final class Jobs {
  private Jobs() {}

  public static Assignment argv(long job, String... command) {
    return assignment(job, 1, Spec.newBuilder().addAllCommand(List.of(command))).build();
  }

  public static Assignment shell(long job, String script) {
    return shell(job, 1, script).build();
  }

  public static Assignment.Builder shell(long job, int epoch, String script) {
    return assignment(job, epoch, Spec.newBuilder().setShell(script));
  }

  public static Assignment.Builder assignment(long job, int epoch, Spec.Builder spec) {
    return Assignment.newBuilder()
        .setJobId(job)
        .setEpoch(epoch)
        .setAttempt(epoch)
        .setSpec(spec.setExecutor("process").setKillGraceMillis(2000));
  }

  public static Assignment noop(long job) {
    return Assignment.newBuilder()
        .setJobId(job)
        .setEpoch(1)
        .setSpec(Spec.newBuilder().setExecutor("noop"))
        .build();
  }

  public static Assignment withInput(long job, ByteString stdin, String... command) {
    return assignment(job, 1, Spec.newBuilder().addAllCommand(List.of(command)).setStdin(stdin))
        .build();
  }
}
