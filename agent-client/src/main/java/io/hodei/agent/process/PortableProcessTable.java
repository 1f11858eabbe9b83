package io.hodei.agent.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What Java itself tells of processes, for systems without /proc: no memory, no environment. */
final class PortableProcessTable implements ProcessTable {
  @Override
  public List<ProcessEntry> snapshot() {
    return ProcessHandle.allProcesses().map(PortableProcessTable::entry).toList();
  }

  @Override
  public Set<Long> carrying(String entry) {
    return Set.of();
  }

  private static ProcessEntry entry(ProcessHandle handle) {
    ProcessHandle.Info info = handle.info();
    return new ProcessEntry(
        handle.pid(),
        handle.parent().map(ProcessHandle::pid).orElse(0L),
        info.startInstant().map(Instant::toEpochMilli).orElse(0L),
        info.command().orElse(""),
        info.totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1000,
        0);
  }
}
