package io.hodei.bench.cluster;

import io.hodei.bench.BenchException;
import io.hodei.cli.dev.Home;
import io.hodei.cli.dev.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The directory of one run beside that of {@code hodei dev}: all installations of the run use its
 * data. It is gone after a good run.
 */
public final class Workplace implements AutoCloseable {
  private final Path directory;
  private final Progress progress;
  private boolean kept;

  private Workplace(Path directory, Progress progress) {
    this.directory = directory;
    this.progress = progress;
  }

  public static Workplace fresh(Progress progress) {
    try {
      Path parent = Home.directory().resolve(".hodei");
      Files.createDirectories(parent);
      return new Workplace(Files.createTempDirectory(parent, "bench-"), progress);
    } catch (IOException e) {
      throw new UncheckedIOException("No directory for the data of the benchmark", e);
    }
  }

  public Path directory() {
    return directory;
  }

  /** Leaves the data and the logs behind: something went wrong that they explain. */
  public void keep() {
    kept = true;
  }

  @Override
  public void close() {
    if (kept) {
      progress.note("Data and logs of the failed run are kept in " + directory);
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new BenchException("The data of the benchmark is left in " + directory, e);
    }
  }
}
