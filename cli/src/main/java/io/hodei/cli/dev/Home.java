package io.hodei.cli.dev;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The directories that the command and the cluster share. */
public final class Home {
  private Home() {}

  /**
   * The repository: what the {@code ./hodei} script names, else the parent that holds that script.
   */
  public static Path directory() {
    String given = System.getProperty("hodei.home");
    if (given != null && !given.isBlank()) {
      return Path.of(given).toAbsolutePath().normalize();
    }
    Path start = Path.of("").toAbsolutePath();
    for (@Nullable Path at = start; at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("hodei")) && Files.isRegularFile(at.resolve("pom.xml"))) {
        return at;
      }
    }
    return start;
  }

  /** Where the cluster of this repository keeps its data. */
  public static Path devDirectory() {
    return directory().resolve(".hodei").resolve("dev");
  }

  /** Unpacked programs and start caches: safe to delete, shared by all clusters of the user. */
  public static Path cache() {
    String given = System.getenv("XDG_CACHE_HOME");
    Path base =
        given == null || given.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(given);
    return base.resolve("hodei");
  }
}
