package io.hodei.agent.process;

import io.hodei.protocol.hwp.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A running command and all processes it made. Safe for several threads; ending it twice is
 * harmless.
 */
public final class ProcessTree {
  private static final Duration PROOF_LIMIT = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 10;

  private final Process root;
  private final Path statusFile;
  private final String mark;
  private final Containment containment;
  private final boolean exact;
  private final ProcessTable table;
  private final Map<Long, Long> known = new HashMap<>();
  private final TreeUsage usage;

  ProcessTree(Process root, Launch launch, String mark, TreeUsage usage, Containers containers) {
    this.root = root;
    this.statusFile = launch.status();
    this.mark = mark;
    this.usage = usage;
    this.containment = containers.containment();
    this.exact = containers.exact();
    this.table = containers.table();
  }

  /** Its outermost process, whose streams are those of the command. */
  public Process process() {
    return root;
  }

  /** Asks the tree to end, waits up to {@code grace}, then kills what is left of it. */
  public void end(Duration grace) throws InterruptedException {
    long deadline = System.nanoTime() + grace.toNanos();
    boolean asked = grace.isZero();
    while (!asked && root.isAlive() && System.nanoTime() < deadline) {
      asked = terminate();
      if (!asked) {
        root.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS); // it has hardly begun
      }
    }
    root.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    kill();
  }

  /** Kills every process of the tree now, without waiting. */
  public void kill() {
    for (long pid : members(table.snapshot())) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
    root.destroyForcibly();
  }

  /**
   * Waits until the command has ended, then until no process of the tree is left, killing those
   * that it left behind.
   */
  public ExitStatus await() throws InterruptedException {
    int exitValue = root.waitFor();
    return ExitStatus.read(statusFile, exitValue, exact);
  }

  /**
   * Proves that nothing of the tree is left; kills what is. To be called after {@link #await}.
   *
   * @return false when something could not be killed within 10 s
   */
  public boolean provenGone(ExitStatus status) throws InterruptedException {
    // Its PID namespace ended with its first process, and that was waited for.
    return (containment.closed() && status.witnessed()) || provenGone();
  }

  /** The same by looking for what is left. */
  public boolean provenGone() throws InterruptedException {
    long deadline = System.nanoTime() + PROOF_LIMIT.toNanos();
    while (true) {
      Set<Long> left = members(table.snapshot());
      if (left.isEmpty()) {
        return true;
      }
      if (System.nanoTime() > deadline) {
        return false;
      }
      left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Takes the tree's processes out of a snapshot and remembers what they used. */
  void sample(List<ProcessEntry> snapshot) {
    long bytes = 0;
    long micros = 0;
    boolean seen = false;
    Set<Long> descendants = descendants(snapshot);
    synchronized (this) {
      for (ProcessEntry entry : snapshot) {
        if (descendants.contains(entry.pid())) {
          known.put(entry.pid(), entry.started());
          bytes += entry.residentBytes();
          micros += entry.cpuMicros();
          seen = true;
        }
      }
    }
    if (seen) {
      usage.seen(System.nanoTime(), bytes, micros);
    }
  }

  /** Most memory ever seen in use by the whole tree; -1 when it ended before anybody looked. */
  public long peakBytes() {
    return usage.peakBytes();
  }

  public long cpuMicros(ExitStatus status) {
    return usage.cpuMicros(status);
  }

  /** What it used over its whole life; empty when that was too short for a picture. */
  public Optional<Usage> lastUsage(ExitStatus status) {
    return usage.last(System.nanoTime(), status);
  }

  /** What it used so far, when it is time to tell the server. */
  Optional<Usage> dueUsage(long nanos) {
    return usage.due(nanos);
  }

  private boolean terminate() {
    List<ProcessEntry> snapshot = table.snapshot();
    sample(snapshot);
    Set<Long> wrappers = wrappers(snapshot);
    Set<Long> members = members(snapshot);
    members.removeAll(wrappers);
    members.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
    return !members.isEmpty();
  }

  /** The processes around the command: containment, its first process, and setsid. */
  private Set<Long> wrappers(List<ProcessEntry> snapshot) {
    Set<Long> wrappers = new HashSet<>(Set.of(root.pid()));
    long first = root.pid();
    if (containment.closed()) {
      for (ProcessEntry entry : snapshot) {
        if (entry.parent() == root.pid()) {
          first = entry.pid();
          wrappers.add(first);
        }
      }
    }
    for (ProcessEntry entry : snapshot) {
      if (entry.parent() == first && entry.name().equals("setsid")) {
        wrappers.add(entry.pid());
      }
    }
    return wrappers;
  }

  private Set<Long> members(List<ProcessEntry> snapshot) {
    Set<Long> members = descendants(snapshot);
    members.addAll(table.carrying(mark));
    return members;
  }

  /** The root and everything below it or below a process once seen there, as far as it lives. */
  private Set<Long> descendants(List<ProcessEntry> snapshot) {
    Map<Long, List<Long>> children = new HashMap<>();
    Set<Long> found = new HashSet<>();
    List<Long> next = new ArrayList<>();
    synchronized (this) {
      for (ProcessEntry entry : snapshot) {
        children.computeIfAbsent(entry.parent(), p -> new ArrayList<>()).add(entry.pid());
        Long started = known.get(entry.pid());
        if ((entry.pid() == root.pid() && root.isAlive())
            || (started != null && started == entry.started())) {
          next.add(entry.pid());
        }
      }
    }
    while (!next.isEmpty()) {
      long pid = next.removeLast();
      if (found.add(pid)) {
        next.addAll(children.getOrDefault(pid, List.of()));
      }
    }
    return found;
  }
}
