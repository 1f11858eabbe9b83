package io.hodei.agent.work;

import io.hodei.agent.spool.AttemptId;
import io.hodei.agent.spool.Outbox;
import io.hodei.agent.spool.RecoveredAttempt;
import io.hodei.protocol.hwp.Assignment;
import io.hodei.protocol.hwp.AttemptRef;
import io.hodei.protocol.hwp.Cancel;
import io.hodei.protocol.hwp.ClientFrame;
import io.hodei.protocol.hwp.Finished;
import io.hodei.protocol.hwp.Outcome;
import io.hodei.protocol.hwp.Returned;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Decides what becomes of assignments: at most {@code slots} at a time, none twice, none while an
 * older attempt of the same job may have a process left. No method waits for a process or the disk.
 */
public final class Attempts {
  private static final System.Logger LOG = System.getLogger(Attempts.class.getName());

  private final Workshop workshop;
  private final Outbox outbox;
  private final int slots;
  private final Registry registry = new Registry();
  private final ExecutorService noops =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("hodei-noop").factory());
  private boolean draining;

  public Attempts(Workshop workshop, Outbox outbox, int slots) {
    this.workshop = workshop;
    this.outbox = outbox;
    this.slots = slots;
  }

  /** Names of the executors an assignment may ask for. */
  public static List<String> executors() {
    return List.of("process", "noop");
  }

  /** Reports what an earlier agent process left unfinished. To be called before any other. */
  public synchronized void recover(List<RecoveredAttempt> left) throws InterruptedException {
    for (RecoveredAttempt attempt : left) {
      Tracked tracked = new Tracked(attempt.id(), null);
      registry.add(tracked);
      registry.stopped(tracked);
      tracked.gone.countDown();
      long number = attempt.finishedNumber();
      if (number == 0) {
        number = report(attempt.id(), Report.lost(attempt));
        LOG.log(Level.INFO, "{0} had not ended when the agent did: reported as lost", attempt.id());
      }
      registry.reported(tracked, number);
    }
  }

  public synchronized void assign(List<Assignment> assignments) {
    List<AttemptRef> returned = new ArrayList<>();
    List<Tracked> instant = new ArrayList<>();
    for (Assignment assignment : assignments) {
      AttemptId id = new AttemptId(assignment.getJobId(), assignment.getEpoch());
      if (registry.knows(id)) {
        LOG.log(Level.DEBUG, "{0} was assigned again: ignored", id);
      } else if (draining) {
        returned.add(id.ref());
      } else {
        accept(new Tracked(id, assignment), instant);
      }
    }
    if (!returned.isEmpty()) {
      giveBack(returned);
    }
    if (!instant.isEmpty()) {
      noops.execute(() -> finishAtOnce(instant));
    }
    startWaiting();
  }

  public synchronized void cancel(Cancel cancel) {
    AttemptId id = new AttemptId(cancel.getJobId(), cancel.getEpoch());
    String reason = cancel.getReason().isEmpty() ? "Cancelled." : cancel.getReason();
    Optional<Duration> grace =
        cancel.hasGraceMillis()
            ? Optional.of(Duration.ofMillis(cancel.getGraceMillis()))
            : Optional.empty();
    registry.find(id).ifPresent(tracked -> end(tracked, EndCause.CANCELLED, reason, grace));
  }

  /** These are not this agent's any more. */
  public synchronized void drop(List<AttemptRef> refs) {
    for (AttemptRef ref : refs) {
      registry.find(AttemptId.of(ref)).ifPresent(this::drop);
    }
    startWaiting();
  }

  /** Nothing is this agent's any more. */
  public synchronized void dropAll() {
    registry.all().forEach(this::drop);
    registry.renumbered();
  }

  /** The lease has run out: ends every process now. The server hears of it when it can. */
  public synchronized void fence() {
    endAll(
        EndCause.LEASE_LOST,
        "The agent had no contact with the cluster for longer than its lease.",
        Duration.ZERO);
  }

  /** The agent ends: TERM now, KILL after {@code grace}. */
  public synchronized void shutDown(Duration grace) {
    endAll(EndCause.SHUTDOWN, "The agent was stopped before the attempt ended.", grace);
  }

  /** Takes no new work and gives back what has not started. */
  public synchronized void drain() {
    draining = true;
    List<AttemptRef> returned = new ArrayList<>();
    for (Tracked tracked : registry.takeWaiting()) {
      registry.forget(tracked);
      tracked.gone.countDown();
      returned.add(tracked.id.ref());
    }
    if (!returned.isEmpty()) {
      giveBack(returned);
    }
  }

  public synchronized void acknowledged(long upTo) {
    registry.acknowledged(upTo);
  }

  /**
   * Sends all output of an attempt again, and its end, because the server asked; unless that is on
   * its way already.
   *
   * @param sent number of the last frame sent on this connection
   */
  public void resend(AttemptId id, long sent) {
    Optional<Tracked> found;
    synchronized (this) {
      found = registry.find(id);
      if (found.isPresent() && (found.get().resending || found.get().finishedNumber > sent)) {
        return;
      }
      found.ifPresent(tracked -> tracked.resending = true);
      workshop.spool().reopen(id);
    }
    found.ifPresentOrElse(
        tracked ->
            Thread.ofPlatform()
                .daemon()
                .name("hodei-resend-" + id)
                .start(new Resend(id, workshop.spool(), number -> resent(tracked, number))),
        () -> LOG.log(Level.WARNING, "{0} is to be sent again, but nothing of it is left", id));
  }

  /** Every attempt that executes or has something the server does not know yet. */
  public synchronized List<AttemptRef> held() {
    return registry.refs();
  }

  public synchronized int running() {
    return registry.running();
  }

  public synchronized int freeSlots() {
    return draining ? 0 : Math.max(0, slots - registry.busy());
  }

  public synchronized boolean draining() {
    return draining;
  }

  public int slots() {
    return slots;
  }

  private void accept(Tracked tracked, List<Tracked> instant) {
    Optional<Tracked> older = registry.add(tracked);
    older.ifPresent(
        old ->
            end(
                old,
                EndCause.DROPPED,
                "A newer attempt of the job was assigned.",
                Optional.of(Duration.ZERO)));
    String executor = assignmentOf(tracked).getSpec().getExecutor();
    if (executor.equals("noop")) {
      instant.add(tracked);
    } else {
      registry.await(tracked);
    }
  }

  private void startWaiting() {
    for (Optional<Tracked> next = registry.startNext(slots);
        next.isPresent();
        next = registry.startNext(slots)) {
      Tracked tracked = next.get();
      ProcessAttempt process = new ProcessAttempt(tracked.id, assignmentOf(tracked), workshop);
      tracked.process = process;
      Thread.ofPlatform()
          .daemon()
          .name("hodei-attempt-" + tracked.id)
          .start(() -> execute(tracked, process));
    }
  }

  private void execute(Tracked tracked, ProcessAttempt process) {
    try {
      awaitPredecessors(tracked);
      String executor = assignmentOf(tracked).getSpec().getExecutor();
      Finished.Builder finished =
          executor.equals("process") || executor.isEmpty()
              ? process.run()
              : Report.withoutProcess(
                  tracked.id,
                  Outcome.LAUNCH_FAILED,
                  "This agent has no executor '" + executor + "'; it has " + executors() + ".");
      ended(tracked, process, finished);
      process.clean();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the agent ends
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "attempt " + tracked.id + " broke in the agent", e);
      broken(tracked, process, e);
    }
  }

  /** One that never started does not hide an older one that may still be ending. */
  private static void awaitPredecessors(Tracked tracked) throws InterruptedException {
    for (Tracked older = tracked.predecessor; older != null; older = older.predecessor) {
      older.gone.await();
    }
  }

  private void broken(Tracked tracked, ProcessAttempt process, RuntimeException e) {
    try {
      process.end(EndCause.LEASE_LOST, "", Duration.ZERO);
      ended(
          tracked,
          process,
          Report.withoutProcess(tracked.id, Outcome.AGENT_LOST, "The agent failed: " + e + ".")
              .setTreeEnded(false));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void ended(Tracked tracked, ProcessAttempt process, Finished.Builder finished)
      throws InterruptedException {
    boolean dropped = process.cause() == EndCause.DROPPED;
    if (!dropped) {
      // Trees end when the lease does, so there are never many that nobody fetches.
      process.usage().ifPresent(usage -> outbox.add(ClientFrame.newBuilder().setUsage(usage)));
    }
    long number = dropped ? 0 : report(tracked.id, finished);
    LOG.log(
        Level.DEBUG,
        "{0} ended: {1} code {2} signal {3} {4}",
        tracked.id,
        dropped ? "dropped" : finished.getOutcome(),
        finished.getExitCode(),
        finished.getSignal(),
        finished.getReason());
    synchronized (this) {
      if (dropped) {
        workshop.spool().close(tracked.id);
      } else {
        registry.reported(tracked, number);
      }
    }
    if (!finished.getTreeEnded()) {
      LOG.log(
          Level.ERROR, "{0} has processes that cannot be killed: its slot stays taken", tracked.id);
      process.awaitGone();
    }
    tracked.gone.countDown();
    synchronized (this) {
      registry.stopped(tracked);
      startWaiting();
    }
  }

  private void finishAtOnce(List<Tracked> instant) {
    try {
      for (Tracked tracked : instant) {
        if (tracked.gone.getCount() == 0) {
          continue; // ended meanwhile
        }
        Finished.Builder finished =
            Report.withoutProcess(tracked.id, Outcome.EXITED, "").setCpuMicros(0);
        long number = workshop.spool().append(tracked.id, Report.frame(finished), true);
        tracked.gone.countDown();
        synchronized (this) {
          registry.stopped(tracked);
          registry.reported(tracked, number);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long report(AttemptId id, Finished.Builder finished) throws InterruptedException {
    return workshop.spool().append(id, Report.frame(finished), false);
  }

  private synchronized void resent(Tracked tracked, long number) {
    tracked.resending = false;
    if (number == 0) {
      drop(tracked);
    } else {
      registry.reported(tracked, number);
    }
  }

  private void endAll(EndCause cause, String reason, Duration grace) {
    for (Tracked tracked : registry.all()) {
      if (tracked.phase != Tracked.Phase.FINISHED) {
        end(tracked, cause, reason, Optional.of(grace));
      }
    }
    startWaiting(); // those that had not started report the same without starting
  }

  private void end(Tracked tracked, EndCause cause, String reason, Optional<Duration> grace) {
    ProcessAttempt process = tracked.process;
    if (process != null) {
      process.end(cause, reason, grace.orElse(null));
    } else if (tracked.phase == Tracked.Phase.WAITING && tracked.assignment != null) {
      finishUnstarted(tracked, cause, reason);
    }
  }

  private void finishUnstarted(Tracked tracked, EndCause cause, String reason) {
    registry.takeOut(tracked);
    registry.stopped(tracked);
    tracked.gone.countDown();
    if (cause != EndCause.DROPPED) {
      noops.execute(() -> reportUnstarted(tracked, cause, reason));
    }
  }

  private void reportUnstarted(Tracked tracked, EndCause cause, String reason) {
    try {
      long number = report(tracked.id, Report.withoutProcess(tracked.id, cause.outcome(), reason));
      synchronized (this) {
        registry.reported(tracked, number);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drop(Tracked tracked) {
    if (tracked.phase != Tracked.Phase.FINISHED) {
      LOG.log(Level.INFO, "{0} is not this agent''s any more: ending it", tracked.id);
    }
    end(
        tracked,
        EndCause.DROPPED,
        "The server gave the attempt to somebody else.",
        Optional.of(Duration.ZERO));
    registry.forget(tracked);
    noops.execute(() -> workshop.spool().close(tracked.id));
  }

  private void giveBack(List<AttemptRef> refs) {
    outbox.add(
        ClientFrame.newBuilder()
            .setReturned(
                Returned.newBuilder()
                    .addAllAttempts(refs)
                    .setReason("The agent takes no new work.")));
  }

  private static Assignment assignmentOf(Tracked tracked) {
    if (tracked.assignment == null) {
      throw new IllegalStateException(tracked.id + " was recovered and cannot be started.");
    }
    return tracked.assignment;
  }
}
