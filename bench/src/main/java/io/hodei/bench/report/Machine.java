package io.hodei.bench.report;

import io.hodei.bench.BenchException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What the benchmark runs on. */
public final class Machine {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  private Machine() {}

  /**
   * By name, in the order of the report.
   *
   * @param data where the database lies
   */
  public static Map<String, String> facts(Path data) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("CPU", processor());
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("memory", memoryGibibytes() + " GiB");
    facts.put("system", System.getProperty("os.name"));
    facts.put("kernel", System.getProperty("os.version"));
    facts.put("file system", fileSystem(data));
    facts.put(
        "load before",
        "%.1f".formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    return facts;
  }

  /** The kind of file system, such as {@code ext4}. */
  public static String fileSystem(Path data) {
    try {
      FileStore store = Files.getFileStore(data);
      return store.type();
    } catch (IOException e) {
      throw new BenchException("The file system of %s is not known: %s".formatted(data, e), e);
    }
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(CPU)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException notLinux) {
      return System.getProperty("os.arch");
    }
  }

  private static long memoryGibibytes() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return Math.round(system.getTotalMemorySize() / (double) (1 << 30));
  }
}
