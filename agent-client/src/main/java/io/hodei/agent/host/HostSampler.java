package io.hodei.agent.host;

import io.hodei.protocol.hwp.HostInfo;
import io.hodei.protocol.hwp.ResourceSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measures this host: from /proc where there is one, else what Java knows. For one thread. */
public final class HostSampler {
  private static final Path STAT = Path.of("/proc/stat");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final int IDLE = 4;
  private static final int IO_WAIT = 5;
  private static final int LAST = 8;

  private final Path data;
  private long busyTicks;
  private long allTicks;

  /**
   * @param data directory whose disk is watched
   */
  public HostSampler(Path data) {
    this.data = data;
    cpuLoad();
  }

  public static HostInfo info(String hostname, String containment) {
    return HostInfo.newBuilder()
        .setHostname(hostname)
        .setOs(System.getProperty("os.name", "") + " " + System.getProperty("os.version", ""))
        .setArch(System.getProperty("os.arch", ""))
        .setCpus(Runtime.getRuntime().availableProcessors())
        .setMemoryBytes(memory("MemTotal"))
        .setContainment(containment)
        .build();
  }

  /** Load since the last call, memory and disk; the rest is for the caller to fill in. */
  public ResourceSample.Builder sample() {
    return ResourceSample.newBuilder()
        .setCpuLoad(cpuLoad())
        .setMemoryUsedBytes(Math.max(0, memory("MemTotal") - memory("MemAvailable")))
        .setDiskFreeBytes(data.toFile().getUsableSpace());
  }

  private double cpuLoad() {
    List<String> lines = lines(STAT);
    if (lines.isEmpty()) {
      return 0;
    }
    String[] fields = lines.getFirst().trim().split("\\s+");
    long busy = 0;
    long all = 0;
    for (int field = 1; field <= LAST && field < fields.length; field++) {
      long ticks = Long.parseLong(fields[field]);
      all += ticks;
      busy += field == IDLE || field == IO_WAIT ? 0 : ticks;
    }
    double load = all == allTicks ? 0 : (double) (busy - busyTicks) / (all - allTicks);
    busyTicks = busy;
    allTicks = all;
    return Math.clamp(load, 0.0, 1.0);
  }

  private static long memory(String name) {
    for (String line : lines(MEMORY)) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    return 0;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
