package io.hodei.agent.work;

import io.hodei.agent.logs.LogPump;
import io.hodei.agent.logs.LogWriter;
import io.hodei.agent.process.ExitStatus;
import io.hodei.agent.process.Launch;
import io.hodei.agent.process.ProcessTree;
import io.hodei.agent.spool.AttemptId;
import io.hodei.protocol.hwp.Assignment;
import io.hodei.protocol.hwp.Finished;
import io.hodei.protocol.hwp.LogStream;
import io.hodei.protocol.hwp.Outcome;
import io.hodei.protocol.hwp.Spec;
import io.hodei.protocol.hwp.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt as a process tree, from its launch to its report. Runs on a thread of its own. */
final class ProcessAttempt {
  private static final System.Logger LOG = System.getLogger(ProcessAttempt.class.getName());
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);
  private static final long PUMP_LIMIT_MILLIS = 5_000;
  private static final int SIGKILL = 9;

  private final AttemptId id;
  private final Assignment assignment;
  private final Workshop workshop;
  private final AttemptFiles files;
  private final LogWriter writer;
  private @Nullable ProcessTree tree;
  private @Nullable EndCause cause;
  private String causeReason = "";
  private @Nullable Long killAt;
  private @Nullable Thread timer;
  private volatile List<Thread> readers = List.of();
  private volatile Optional<Usage> usage = Optional.empty();

  ProcessAttempt(AttemptId id, Assignment assignment, Workshop workshop) {
    this.id = id;
    this.assignment = assignment;
    this.workshop = workshop;
    this.files = new AttemptFiles(workshop.attempts(), id);
    this.writer = new LogWriter(id, workshop.spool());
  }

  /**
   * Executes it to its end.
   *
   * @return what to report; its tree is gone then and all its output is in the spool
   */
  Finished.Builder run() throws InterruptedException {
    try {
      workshop.spool().hold(id);
      files.create();
      Launch launch = launch();
      Optional<String> problem = workshop.containers().problem(launch);
      if (problem.isPresent()) {
        return Report.withoutProcess(id, Outcome.LAUNCH_FAILED, problem.get());
      }
      return execute(launch);
    } catch (IOException e) {
      return Report.withoutProcess(
          id, Outcome.LAUNCH_FAILED, "The process could not be started: " + e.getMessage() + ".");
    }
  }

  /** What it used over its whole life, after {@link #run}; empty when that was short. */
  Optional<Usage> usage() {
    return usage;
  }

  /** Waits until nothing of it is left, however long that takes. */
  void awaitGone() throws InterruptedException {
    ProcessTree running;
    synchronized (this) {
      running = tree;
    }
    while (running != null && !running.provenGone()) {
      LOG.log(Level.WARNING, "{0} still has processes", id);
    }
  }

  /** Removes its files, after the report is safe. */
  void clean() {
    files.delete();
  }

  /**
   * Ends its processes: TERM, then after {@code grace} KILL. Returns at once. Who asks again
   * changes nothing, unless KILL would come earlier: nodes repeat what they ask for.
   */
  synchronized void end(EndCause why, String reason, @Nullable Duration grace) {
    if (cause == null || why.beats(cause)) {
      cause = why;
      causeReason = reason;
    }
    if (why == EndCause.DROPPED) {
      writer.discard();
      readers.forEach(Thread::interrupt);
    }
    ProcessTree running = tree;
    if (running == null) {
      return; // not started yet: execute() looks at the cause
    }
    Duration patience = grace == null ? grace() : grace;
    long kill = System.nanoTime() + patience.toNanos();
    if (killAt != null && kill - killAt >= 0 && !patience.isZero()) {
      return;
    }
    killAt = kill;
    Thread.ofPlatform().daemon().name("hodei-end-" + id).start(() -> end(running, patience));
  }

  private static void end(ProcessTree tree, Duration grace) {
    try {
      tree.end(grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Launch launch() {
    Spec spec = assignment.getSpec();
    Path own = files.work();
    Path directory =
        spec.getWorkingDirectory().isEmpty() ? own : own.resolve(spec.getWorkingDirectory());
    Map<String, String> environment = Launch.baseEnvironment(directory);
    environment.putAll(spec.getEnvironmentMap());
    environment.putAll(assignment.getContextMap());
    environment.put("HODEI_RESULT_FILE", files.result().toString());
    List<String> command =
        spec.getShell().isEmpty() ? spec.getCommandList() : List.of("sh", "-c", spec.getShell());
    return new Launch(command, environment, directory, files.status());
  }

  private Finished.Builder execute(Launch launch) throws IOException, InterruptedException {
    int lapses = workshop.lease().lapses();
    ProcessTree running;
    synchronized (this) {
      if (cause == null && !workshop.lease().good()) {
        cause = EndCause.LEASE_LOST;
        causeReason = "The agent's lease had run out before the attempt began.";
      }
      if (cause != null) {
        return Report.withoutProcess(id, cause.outcome(), causeReason);
      }
      running = workshop.containers().start(id, launch);
      tree = running;
    }
    if (!workshop.lease().good()) {
      end(EndCause.LEASE_LOST, "The agent's lease ran out while the attempt began.", Duration.ZERO);
    }
    workshop.spool().append(id, Report.started(id, running.process().pid()), false);
    LOG.log(Level.DEBUG, "{0} started, pid {1}", id, running.process().pid());
    startTimer();
    feed(running.process());
    LogPump stdout = pump(running.process().getInputStream(), LogStream.STDOUT);
    LogPump stderr = pump(running.process().getErrorStream(), LogStream.STDERR);
    Thread out = Thread.ofPlatform().daemon().name("hodei-stdout-" + id).start(stdout);
    Thread err = Thread.ofPlatform().daemon().name("hodei-stderr-" + id).start(stderr);
    readers = List.of(out, err);
    ExitStatus status = running.await();
    boolean gone = running.provenGone(status);
    usage = running.lastUsage(status);
    stopTimer();
    finish(out, stdout, gone);
    finish(err, stderr, gone);
    boolean lapsed = workshop.lease().lapses() > lapses;
    return finished(running, status, gone, lapsed)
        .setChunks(writer.chunks())
        .setStdout(stdout.summary())
        .setStderr(stderr.summary());
  }

  private Finished.Builder finished(
      ProcessTree running, ExitStatus status, boolean gone, boolean lapsed) {
    Finished.Builder finished =
        Report.withoutProcess(id, Outcome.EXITED, "")
            .setExitCode(status.code())
            .setSignal(status.signal())
            .setCpuMicros(running.cpuMicros(status))
            .setPeakMemoryBytes(running.peakBytes())
            .setTreeEnded(gone)
            .setResult(files.readResult());
    EndCause ended = cause();
    if (ended != null) {
      finished.setOutcome(ended.outcome()).setReason(causeReason());
    } else if (lapsed && (status.signal() == SIGKILL || !status.witnessed())) {
      finished
          .setOutcome(Outcome.AGENT_LOST)
          .setReason("The keeper ended the attempt: the agent stood still beyond its lease.");
    }
    return finished;
  }

  private LogPump pump(InputStream in, LogStream stream) {
    long limit = smaller(assignment.getLogLimitBytes(), workshop.logLimitBytes());
    LogPump pump = new LogPump(in, stream, writer, workshop.totals(), limit);
    workshop.flusher().add(pump);
    return pump;
  }

  private static long smaller(long one, long other) {
    long first = one == 0 ? Long.MAX_VALUE : one;
    return Math.min(first, other == 0 ? Long.MAX_VALUE : other);
  }

  /** The last bytes; a process that could not be killed may hold the pipe open for ever. */
  private void finish(Thread thread, LogPump pump, boolean gone) throws InterruptedException {
    thread.join(gone ? 0 : PUMP_LIMIT_MILLIS);
    workshop.flusher().remove(pump);
  }

  private void feed(Process process) throws IOException {
    OutputStream stdin = process.getOutputStream();
    if (assignment.getSpec().getStdin().isEmpty()) {
      closeQuietly(stdin);
      return;
    }
    Thread.ofPlatform()
        .daemon()
        .name("hodei-stdin-" + id)
        .start(
            () -> {
              try (stdin) {
                assignment.getSpec().getStdin().writeTo(stdin);
              } catch (IOException e) {
                LOG.log(Level.DEBUG, "{0} did not read all of its input", id);
              }
            });
  }

  private static void closeQuietly(OutputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the process ended before its input was closed", e);
    }
  }

  private void startTimer() {
    long millis = assignment.getRunTimeoutMillis();
    if (millis > 0) {
      timer = Thread.ofVirtual().start(() -> timeOut(Duration.ofMillis(millis)));
    }
  }

  private void timeOut(Duration limit) {
    try {
      Thread.sleep(limit);
      end(
          EndCause.RUN_TIMEOUT,
          "It ran longer than its limit of " + limit.toMillis() + " ms.",
          null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it ended in time
    }
  }

  private void stopTimer() {
    Thread running = timer;
    if (running != null) {
      running.interrupt();
    }
  }

  synchronized @Nullable EndCause cause() {
    return cause;
  }

  private synchronized String causeReason() {
    return causeReason;
  }

  private Duration grace() {
    return assignment.getSpec().hasKillGraceMillis()
        ? Duration.ofMillis(assignment.getSpec().getKillGraceMillis())
        : DEFAULT_GRACE;
  }
}
