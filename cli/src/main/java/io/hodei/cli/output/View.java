package io.hodei.cli.output;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How one kind of resource looks in a table.
 *
 * @param identity the member that names a resource
 * @param columns from left to right
 */
public record View(String identity, List<Column> columns) {

  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("priority.lane", "PRIORITY"),
          Map.entry("priority.level", "LEVEL"),
          Map.entry("agentName", "AGENT"),
          Map.entry("exitCode", "EXIT"),
          Map.entry("createdAt", "CREATED"),
          Map.entry("updatedAt", "UPDATED"),
          Map.entry("createdBy", "BY"),
          Map.entry("availableAt", "AVAILABLE"),
          Map.entry("queuedAt", "QUEUED"),
          Map.entry("leasedAt", "LEASED"),
          Map.entry("startedAt", "STARTED"),
          Map.entry("finishedAt", "FINISHED"),
          Map.entry("connectedAt", "CONNECTED"),
          Map.entry("lastHeartbeatAt", "HEARTBEAT"),
          Map.entry("queued.HIGH", "HIGH"),
          Map.entry("queued.NORMAL", "NORMAL"),
          Map.entry("queued.LOW", "LOW"),
          Map.entry("tenant.name", "TENANT"),
          Map.entry("token.name", "TOKEN"),
          Map.entry("problem.title", "PROBLEM"));

  /** One column: its head and what a resource shows in it. */
  public record Column(String head, Function<Json, String> content) {
    static Column path(String path) {
      return new Column(title(path), resource -> words(resource.at(path)));
    }

    /** A list as its items; nothing for an empty one. */
    private static String words(Json value) {
      return value.isArray()
          ? value.elements().stream().map(Json::string).collect(Collectors.joining(", "))
          : value.string();
    }

    private static String title(String path) {
      String known = TITLES.get(path);
      return known != null
          ? known
          : path.replaceAll("([a-z])([A-Z])", "$1 $2").toUpperCase(Locale.ROOT);
    }

    String of(Json resource) {
      return content.apply(resource);
    }
  }

  /** Columns that show one member each. */
  public static View of(String identity, String... paths) {
    return new View(identity, Stream.of(paths).map(Column::path).toList());
  }
}
