package io.hodei.it.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The processes of this machine, as Linux shows them. */
public final class Host {
  private Host() {}

  /** Process ids whose environment contains this text; those of dead ones are not listed. */
  public static List<Long> withEnvironment(String text) {
    return search("environ", text);
  }

  /** Process ids whose command line contains this text. */
  public static List<Long> withCommandLine(String text) {
    return search("cmdline", text);
  }

  /** {@code KILL}, {@code STOP}, {@code CONT}: to one process. */
  public static void signal(String signal, long pid) {
    try {
      int code =
          new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid + " 2>/dev/null")
              .start()
              .waitFor();
      if (code != 0 && Files.exists(Path.of("/proc", String.valueOf(pid)))) {
        throw new IllegalStateException("kill -%s %d failed".formatted(signal, pid));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<Long> search(String file, String text) {
    TreeSet<Long> found = new TreeSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        if (contains(process.resolve(file), text)) {
          found.add(Long.parseLong(process.getFileName().toString()));
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    found.remove(ProcessHandle.current().pid());
    return new ArrayList<>(found);
  }

  private static boolean contains(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException goneOrForeign) {
      return false;
    }
  }
}
