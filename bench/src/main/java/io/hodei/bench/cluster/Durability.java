package io.hodei.bench.cluster;

import io.hodei.bench.BenchException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings without which an acknowledged job could be lost, and figures would mean nothing. */
public final class Durability {
  private static final List<String> ROLES = List.of("hodei_app", "hodei_engine");
  private static final Map<String, Set<String>> NEEDED =
      Map.of(
          "fsync", Set.of("on"),
          "full_page_writes", Set.of("on"),
          "synchronous_commit", Set.of("on", "remote_write", "remote_apply"));
  private static final Set<String> MEMORY = Set.of("tmpfs", "ramfs");

  private Durability() {}

  /** Reads the settings as the product's roles see them; refuses weaker ones. */
  static Map<String, String> require(Database database, String fileSystem) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String name : NEEDED.keySet().stream().sorted().toList()) {
      for (String role : ROLES) {
        String value = database.setting(role, name);
        check(name, value);
        found.put(name, value);
      }
    }
    if (MEMORY.contains(fileSystem)) {
      throw new BenchException(
          "The data directory lies in memory (%s), where fsync does nothing. Put the repository on a disk."
              .formatted(fileSystem));
    }
    return found;
  }

  static void check(String name, String value) {
    if (!NEEDED.getOrDefault(name, Set.of()).contains(value)) {
      throw new BenchException(
          "%s is %s, so committed jobs can be lost and the figures would mean nothing. Set it to on."
              .formatted(name, value));
    }
  }
}
