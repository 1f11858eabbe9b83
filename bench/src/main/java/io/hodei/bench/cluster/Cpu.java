package io.hodei.bench.cluster;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * CPU time spent so far, in nanoseconds. Sessions of PostgreSQL that ended meanwhile are not seen;
 * the product keeps its own.
 */
public record Cpu(long postgres, long node, long agent, long generator) {
  static Cpu read(long postmaster, long node, long agent) {
    var self =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long database =
        ProcessHandle.of(postmaster).stream()
            .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
            .mapToLong(Cpu::of)
            .sum();
    return new Cpu(database, of(node), of(agent), self.getProcessCpuTime());
  }

  public Cpu since(Cpu before) {
    return new Cpu(
        postgres - before.postgres,
        node - before.node,
        agent - before.agent,
        generator - before.generator);
  }

  private static long of(long pid) {
    return ProcessHandle.of(pid).map(Cpu::of).orElse(0L);
  }

  private static long of(ProcessHandle handle) {
    return handle.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }
}
