package io.hodei.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Payara Micro unpacked once into the cache, with the libraries of the product on its class path,
 * and a clone of it per node: its launcher takes the directory it lies in as the node's directory,
 * whatever {@code --rootdir} says.
 */
final class MicroRuntime {
  /**
   * Started by this relative name from the node's own directory: the start cache is valid for the
   * class path as it was written, and a launcher from a cache made under another absolute path does
   * not find its own jar.
   */
  static final String LAUNCHER = "launch-micro.jar";

  /** The application in the clone of a node, without the libraries that the runtime has. */
  static final String APPLICATION = "hodei.war";

  private static final String PREFIX = "payara-";
  private static final Duration UNUSED = Duration.ofDays(30);

  private final Path archive;
  private final SharedLibraries libraries;
  private final Path cache;

  MicroRuntime(Path archive, Path war, Path cache) {
    this.archive = archive;
    this.libraries = new SharedLibraries(war);
    this.cache = cache;
  }

  /** A clean copy for one node, with its application. */
  Path cloneTo(Path target) {
    Trees.delete(target);
    Trees.cloneTree(unpacked(), target);
    try {
      libraries.writeRest(target.resolve(APPLICATION));
    } catch (IOException e) {
      throw new UncheckedIOException("The application could not be written to " + target, e);
    }
    return target;
  }

  /**
   * Where a start cache of this runtime, this JDK and these options lies, whether it exists or not.
   */
  Path startCache(List<String> options) {
    String name =
        "node-jdk%s-%08x.aot"
            .formatted(System.getProperty("java.version"), String.join(" ", options).hashCode());
    return unpacked().resolveSibling(directoryName() + "-" + name);
  }

  private synchronized Path unpacked() {
    Path home = cache.resolve(directoryName());
    try {
      if (Files.isRegularFile(home.resolve(LAUNCHER))) {
        Files.setLastModifiedTime(home, FileTime.from(Instant.now()));
        return home;
      }
      Files.createDirectories(cache);
      deleteUnused();
      Path next = Files.createTempDirectory(cache, PREFIX);
      unpack(next);
      moveTo(next, home);
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException("Payara Micro could not be unpacked to " + home, e);
    }
  }

  /** Each is as large as a start cache; what is still used by somebody is made again. */
  private void deleteUnused() throws IOException {
    Instant before = Instant.now().minus(UNUSED);
    try (Stream<Path> all = Files.list(cache)) {
      for (Path one : all.filter(MicroRuntime::isMade).toList()) {
        if (Files.getLastModifiedTime(one).toInstant().isBefore(before)) {
          Trees.delete(one);
        }
      }
    }
  }

  private static boolean isMade(Path path) {
    return path.getFileName().toString().startsWith(PREFIX);
  }

  private void unpack(Path next) throws IOException {
    Programs.Outcome outcome =
        Programs.run(
            Duration.ofMinutes(2),
            List.of(
                JavaRuntime.executable(),
                "-jar",
                archive.toString(),
                "--rootdir",
                next.toString(),
                "--outputlauncher"));
    if (!outcome.ok() || !Files.isRegularFile(next.resolve(LAUNCHER))) {
      Trees.delete(next);
      throw new DevException("Payara Micro could not be unpacked: " + outcome.output());
    }
    libraries.addTo(next, next.resolve(LAUNCHER));
  }

  private static void moveTo(Path next, Path home) throws IOException {
    try {
      Files.move(next, home);
    } catch (IOException somebodyWasFaster) {
      Trees.delete(next);
      if (!Files.isRegularFile(home.resolve(LAUNCHER))) {
        throw somebodyWasFaster;
      }
    }
  }

  /**
   * Size and time of the archive stand for its content: a new version of it, or of a library, gets
   * a new directory.
   */
  private String directoryName() {
    try {
      return "%s%x-%x-%08x"
          .formatted(
              PREFIX,
              Files.size(archive),
              Files.getLastModifiedTime(archive).toMillis(),
              libraries.fingerprint());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
