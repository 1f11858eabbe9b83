package io.hodei.bench.suite;

import io.hodei.bench.BenchException;
import java.util.List;
import java.util.stream.Collectors;

/** All suites, in the order in which they run. */
public final class Suites {
  public static final List<Suite> ALL =
      List.of(
          new Micro(),
          new EndToEnd(),
          new StartLatency(),
          new SubmitSingle(),
          new SubmitBatch(),
          new PointReads(),
          new LogPath(),
          new Memory(),
          new ApiLoad(),
          new Users(),
          new Idle(),
          new ScheduleTicks(),
          new CacheLevels(),
          new Events(),
          new External(),
          new Backlog(),
          new Starts());

  /** Takes minutes by its nature, so it runs only when it is named. */
  private static final String ONLY_WHEN_NAMED = "users";

  private Suites() {}

  /** Those with these names; all but the long one when no name is given. */
  public static List<Suite> named(List<String> names) {
    for (String name : names) {
      if (ALL.stream().noneMatch(suite -> suite.name().equals(name))) {
        throw new BenchException("There is no suite %s. There are: %s".formatted(name, list(", ")));
      }
    }
    return ALL.stream()
        .filter(
            suite ->
                names.isEmpty()
                    ? !suite.name().equals(ONLY_WHEN_NAMED)
                    : names.contains(suite.name()))
        .toList();
  }

  /** All names. */
  public static String list(String separator) {
    return ALL.stream().map(Suite::name).collect(Collectors.joining(separator));
  }
}
