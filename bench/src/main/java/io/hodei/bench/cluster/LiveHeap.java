package io.hodei.bench.cluster;

import io.hodei.bench.BenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What lives in the heap of another JVM. */
public final class LiveHeap {
  private LiveHeap() {}

  /** Bytes of all objects that are reachable; makes the JVM collect its whole heap. */
  public static long bytes(long pid) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process process =
          new ProcessBuilder(List.of(jcmd, String.valueOf(pid), "GC.class_histogram"))
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return total(said);
    } catch (IOException e) {
      throw new BenchException("jcmd of the JDK did not run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted while a heap was looked at", e);
    }
  }

  /** Reads the last line: {@code Total 123 4567}. */
  static long total(String histogram) {
    return histogram
        .lines()
        .filter(line -> line.startsWith("Total "))
        .map(line -> line.strip().split(" +"))
        .mapToLong(words -> Long.parseLong(words[2]))
        .findFirst()
        .orElseThrow(() -> new BenchException("jcmd gave no histogram: " + histogram.strip()));
  }
}
