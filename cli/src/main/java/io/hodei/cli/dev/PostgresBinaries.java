package io.hodei.cli.dev;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs for this system, unpacked once into the cache from the library on the class
 * path.
 */
final class PostgresBinaries {
  private PostgresBinaries() {}

  /** The directory with {@code bin/postgres}. */
  static Path unpacked(Path cache) {
    String archive = archiveName();
    try (InputStream resource = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
      if (resource == null) {
        throw new DevException(
            "There is no built-in PostgreSQL for this system (%s). Run the nodes against your own PostgreSQL."
                .formatted(archive));
      }
      Path home = cache.resolve("postgres-" + version());
      if (!Files.isExecutable(home.resolve("bin/postgres"))) {
        unpack(resource, home);
      }
      return home;
    } catch (IOException e) {
      throw new DevException(
          "PostgreSQL could not be unpacked to " + cache + ": " + e.getMessage(), e);
    }
  }

  private static String archiveName() {
    String system =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    String arch = System.getProperty("os.arch");
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    return "postgres-%s-%s.txz".formatted(system, arm ? "arm_64" : "x86_64");
  }

  /** Names the cache entry: the archive's jar carries the version in its file name. */
  private static String version() {
    String url = String.valueOf(PostgresBinaries.class.getResource("/" + archiveName()));
    int end = url.indexOf(".jar!");
    int start = url.lastIndexOf('-', Math.max(end, 0));
    return end > start && start > 0 ? url.substring(start + 1, end) : "unknown";
  }

  private static void unpack(InputStream resource, Path home) throws IOException {
    Files.createDirectories(home.getParent());
    Path next = Files.createTempDirectory(home.getParent(), "postgres-");
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(resource))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(tar, entry, next);
      }
    }
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
    try {
      Files.move(next, home);
    } catch (IOException somebodyWasFaster) {
      Trees.delete(next);
      if (!Files.isExecutable(home.resolve("bin/postgres"))) {
        throw somebodyWasFaster;
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path root)
      throws IOException {
    Path target = root.resolve(entry.getName()).normalize();
    if (!target.startsWith(root)) {
      throw new IOException(
          "The archive tries to write outside of its directory: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target);
    if ((entry.getMode() & 0100) != 0) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
