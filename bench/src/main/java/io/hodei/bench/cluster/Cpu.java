package io.hodei.bench.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * CPU time spent so far, in nanoseconds. On Linux the sessions and workers of PostgreSQL that have
 * ended are counted with its first process; elsewhere they are not seen.
 */
public record Cpu(long postgres, long node, long agent, long generator) {
  /** Of one tick of {@code /proc}; Linux shows 100 ticks a second to programs everywhere. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int ENDED_USER = 13;
  private static final int ENDED_SYSTEM = 14;
  private static final Pattern COMPILER = Pattern.compile("C[12] Comp");

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

  /** What the threads of these JVMs that compile have spent; 0 where it is not Linux. */
  static long ofCompilers(List<Long> jvms) {
    return jvms.stream().mapToLong(Cpu::ofCompilers).sum();
  }

  private static long ofCompilers(long jvm) {
    long nanos = 0;
    try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(jvm), "task"))) {
      for (Path thread : (Iterable<Path>) threads::iterator) {
        if (COMPILER.matcher(Files.readString(thread.resolve("comm"))).lookingAt()) {
          nanos += ticks(thread, USER, SYSTEM);
        }
      }
    } catch (IOException | UncheckedIOException notLinuxOrEnded) {
      return nanos;
    }
    return nanos;
  }

  private static long ofTree(long pid) {
    return ProcessHandle.of(pid)
        .map(root -> of(root) + ofEnded(pid) + root.descendants().mapToLong(Cpu::of).sum())
        .orElse(0L);
  }

  /** What the ended children of a process spent. */
  private static long ofEnded(long pid) {
    try {
      return ticks(Path.of("/proc", String.valueOf(pid)), ENDED_USER, ENDED_SYSTEM);
    } catch (IOException notLinux) {
      return 0;
    }
  }

  /** Of a process or a thread; the sum of two fields of its line, in nanoseconds. */
  private static long ticks(Path task, int one, int other) throws IOException {
    String stat = Files.readString(task.resolve("stat"));
    // After the program's name in parentheses the third field of the line follows.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[one]) + Long.parseLong(fields[other])) * NANOS_PER_TICK;
  }

  private static long of(long pid) {
    return ProcessHandle.of(pid).map(Cpu::of).orElse(0L);
  }

  private static long of(ProcessHandle handle) {
    return handle.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }
}
