package io.hodei.profiles;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How eagerly the cluster works.
 *
 * @param poll how often it looks for what no hint told it
 * @param batch most jobs taken by one statement
 * @param dispatches most jobs handed to server-side executors at the same time
 * @param statusChecks most polls of external executions at the same time
 * @param dbPool connections a node is meant to have for requests
 */
public record Profile(
    String name, Duration poll, int batch, int dispatches, int statusChecks, int dbPool) {
  public static final Profile DEFAULT =
      new Profile("default", Duration.ofSeconds(5), 100, 10, 50, 10);

  public static final List<Profile> ALL =
      List.of(
          new Profile("optimized", Duration.ofSeconds(2), 50, 5, 20, 5),
          DEFAULT,
          new Profile("high-throughput", Duration.ofSeconds(5), 500, 50, 100, 20),
          new Profile("frequent-small", Duration.ofSeconds(1), 50, 20, 100, 15),
          new Profile("rare-large", Duration.ofSeconds(10), 10, 3, 10, 5),
          new Profile("burst", Duration.ofSeconds(2), 500, 50, 200, 20));

  public static Optional<Profile> named(String name) {
    return ALL.stream().filter(profile -> profile.name().equals(name)).findFirst();
  }
}
