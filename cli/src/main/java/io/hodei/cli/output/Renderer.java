package io.hodei.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns an answer of the server into text.
 *
 * @param format how
 * @param fields paths such as {@code id} or {@code priority.lane}; empty = all, or for a table the
 *     usual columns
 */
public record Renderer(Format format, List<String> fields) {

  /** One resource. */
  public String one(Json resource, View view) {
    return switch (format) {
      case table -> card(resource, view);
      case json -> chosen(resource).pretty() + "\n";
      case yaml -> Yaml.of(chosen(resource));
      case ndjson -> chosen(resource).text() + "\n";
      case id -> identity(resource, view) + "\n";
    };
  }

  /** Many resources. */
  public String many(List<Json> resources, View view) {
    return switch (format) {
      case table -> table(resources, view);
      case json -> array(resources).pretty() + "\n";
      case yaml -> Yaml.of(array(resources));
      case ndjson -> lines(resources.stream().map(resource -> chosen(resource).text()).toList());
      case id -> lines(resources.stream().map(resource -> identity(resource, view)).toList());
    };
  }

  private String table(List<Json> resources, View view) {
    List<View.Column> columns = fields.isEmpty() ? view.columns() : own();
    Table table = new Table(columns.stream().map(View.Column::head).toList());
    for (Json resource : resources) {
      table.row(columns.stream().map(column -> Times.age(column.of(resource), now())).toList());
    }
    return table.text();
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }

  private List<View.Column> own() {
    return fields.stream().map(View.Column::path).toList();
  }

  private String card(Json resource, View view) {
    if (!fields.isEmpty()) {
      return table(List.of(resource), view);
    }
    Table card = new Table(List.of("FIELD", "VALUE"));
    flatten("", resource, card);
    return card.text();
  }

  private static void flatten(String prefix, Json value, Table card) {
    value
        .members()
        .forEach(
            (name, member) -> {
              if (member.isObject() && !member.members().isEmpty()) {
                flatten(prefix + name + ".", member, card);
              } else {
                card.row(List.of(prefix + name, Times.full(member.string(), now())));
              }
            });
  }

  private Json chosen(Json resource) {
    if (fields.isEmpty()) {
      return resource;
    }
    Map<String, @Nullable Object> chosen = Json.object();
    for (String field : fields) {
      Json value = resource.at(field);
      if (!value.isNothing()) {
        chosen.put(field, value.value());
      }
    }
    return new Json(chosen);
  }

  private Json array(List<Json> resources) {
    List<@Nullable Object> array = new ArrayList<>();
    resources.forEach(resource -> array.add(chosen(resource).value()));
    return new Json(array);
  }

  private static String identity(Json resource, View view) {
    return Plain.of(resource.string(view.identity()));
  }

  private static String lines(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
