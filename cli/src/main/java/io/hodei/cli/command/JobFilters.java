package io.hodei.cli.command;

import io.hodei.cli.client.Api;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which jobs, in the words of the REST interface. */
final class JobFilters {
  @Option(
      names = "--state",
      split = ",",
      paramLabel = "STATE",
      description = "State; may be repeated.")
  private List<String> states = List.of();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name, or the beginning of one with * at the end.")
  private @Nullable String name;

  @Option(names = "--label", paramLabel = "KEY[=VALUE]", description = "Label; may be repeated.")
  private List<String> labels = List.of();

  @Option(names = "--pool", paramLabel = "POOL", description = "Pool.")
  private @Nullable String pool;

  @Option(names = "--run", paramLabel = "RUN", description = "Tasks of this run.")
  private @Nullable String run;

  @Option(
      names = "--execution",
      paramLabel = "NAME",
      description = "Name of an execution outside: the address polled, or that of Cloud Run.")
  private @Nullable String execution;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Created at or after: 2026-11-21T08:00:00Z")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Created before.")
  private @Nullable String to;

  boolean isEmpty() {
    return path("").isEmpty();
  }

  /** The path with these filters as its query. */
  String path(String resource) {
    String path = resource;
    for (String state : states) {
      path = Api.with(path, "state", state.toUpperCase(java.util.Locale.ROOT));
    }
    for (String label : labels) {
      path = Api.with(path, "label", label.replaceFirst("=", ":"));
    }
    path = with(path, "name", name);
    path = with(path, "pool", pool);
    path = with(path, "run", run);
    path = with(path, "executionName", execution);
    path = with(path, "from", from);
    return with(path, "to", to);
  }

  private static String with(String path, String parameter, @Nullable String value) {
    return value == null ? path : Api.with(path, parameter, value);
  }
}
