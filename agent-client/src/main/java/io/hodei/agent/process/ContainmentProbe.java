package io.hodei.agent.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Finds out by trying what this host allows. */
public final class ContainmentProbe {
  private static final int MARK = 7;
  private static final int SIGKILL = 9;
  private static final long LIMIT_SECONDS = 5;

  private final Spawner spawner;

  public ContainmentProbe(Spawner spawner) {
    this.spawner = spawner;
  }

  /** The strongest containment that works here. */
  public Containment strongest() throws InterruptedException {
    for (Containment containment : Containment.values()) {
      if (exitCode(containment.prefix(), "exit " + MARK) == MARK) {
        return containment;
      }
    }
    return Containment.GROUP;
  }

  /** Whether {@code setsid} tells an exit code from a signal. */
  public boolean tellsSignals() throws InterruptedException {
    return exitCode(List.of("setsid", "-w", "-f"), "kill -9 $$") == SIGKILL;
  }

  private int exitCode(List<String> prefix, String script) throws InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("sh", "-c", script));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().put("PATH", Launch.DEFAULT_PATH);
    try {
      Process process = spawner.start(builder);
      if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      return -1;
    } catch (IOException e) {
      return -1; // the program does not exist here
    }
  }
}
