package io.hodei.cli.output;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How one kind of resource looks in a table.
 *
 * @param identity the member that names a resource
 * @param columns from left to right
 */
public record View(String identity, List<Column> columns) {

  /** One column: its head and what a resource shows in it. */
  public record Column(String head, Function<Json, String> content) {
    static Column path(String path) {
      return new Column(path.toUpperCase(Locale.ROOT), resource -> resource.string(path));
    }

    String of(Json resource) {
      return content.apply(resource);
    }
  }

  /** Columns that show one member each, named by its path. */
  public static View of(String identity, String... paths) {
    return new View(identity, Stream.of(paths).map(Column::path).toList());
  }
}
