package io.hodei.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes nodes start in about two thirds of the time on JDK 25: boots Payara once without the
 * product, in the background and at low priority, and keeps what the JVM learned.
 */
final class StartCache {
  static final int FIRST_JDK = 25;

  private final NodePlan plan;

  StartCache(NodePlan plan) {
    this.plan = plan;
  }

  boolean missing() {
    return JavaRuntime.feature() >= FIRST_JDK
        && !Files.exists(plan.runtime().startCache(plan.jvmOptions()));
  }

  /** The running training; the cluster ends it when it stops. */
  ChildProcess train() {
    Path root = plan.runtime().cloneTo(plan.directory().resolve("training"));
    ChildProcess process = new ChildProcess(plan.directory().resolve("training.log"));
    process.start(command(root), java.util.Map.of(), root);
    return process;
  }

  /** Keeps the result of an ended training. */
  void keep() {
    Path made = made();
    try {
      if (Files.exists(made)) {
        Files.move(
            made,
            plan.runtime().startCache(plan.jvmOptions()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Trees.delete(plan.directory().resolve("training"));
    }
  }

  static Duration limit() {
    return Duration.ofMinutes(3);
  }

  private Path made() {
    return plan.directory().resolve("training").resolve("node.aot");
  }

  private List<String> command(Path root) {
    List<String> command = new ArrayList<>(List.of("nice", "-n", "15"));
    command.add(JavaRuntime.executable());
    command.add(Survivors.marker(plan.directory()));
    command.addAll(plan.jvmOptions());
    command.add("-XX:AOTCacheOutput=" + made());
    command.addAll(List.of("-jar", MicroRuntime.LAUNCHER));
    command.addAll(MicroOptions.base(FreePorts.any(), root, plan.artifacts().microConfiguration()));
    command.add("--warmup");
    return command;
  }
}
