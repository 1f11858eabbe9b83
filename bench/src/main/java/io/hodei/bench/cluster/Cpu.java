package io.hodei.bench.cluster;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * CPU time spent so far, in nanoseconds. On Linux the sessions and workers of PostgreSQL that have
 * ended are counted with its first process; elsewhere they are not seen.
 */
public record Cpu(long postgres, long node, long agent, long generator) {
  /** Of one tick of {@code /proc}; Linux shows 100 ticks a second to programs everywhere. */
  private static final long NANOS_PER_TICK = 10_000_000;

  static Cpu read(long postmaster, List<Long> nodes, List<Long> agents) {
    var self =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Cpu(
        ofTree(postmaster),
        nodes.stream().mapToLong(Cpu::of).sum(),
        agents.stream().mapToLong(Cpu::of).sum(),
        self.getProcessCpuTime());
  }

  public Cpu since(Cpu before) {
    return new Cpu(
        postgres - before.postgres,
        node - before.node,
        agent - before.agent,
        generator - before.generator);
  }

  private static long ofTree(long pid) {
    return ProcessHandle.of(pid)
        .map(root -> of(root) + ofEnded(pid) + root.descendants().mapToLong(Cpu::of).sum())
        .orElse(0L);
  }

  /** What the ended children of a process spent. */
  private static long ofEnded(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
      // After the program's name in parentheses the third field of the line follows.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * NANOS_PER_TICK;
    } catch (IOException notLinux) {
      return 0;
    }
  }

  private static long of(long pid) {
    return ProcessHandle.of(pid).map(Cpu::of).orElse(0L);
  }

  private static long of(ProcessHandle handle) {
    return handle.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }
}
