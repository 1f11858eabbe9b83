package io.hodei.templates.control;

import io.hodei.json.Json;
import io.hodei.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The one form of a document: members in a fixed order, nothing that says nothing. Two documents
 * that differ only in their writing have the same.
 */
final class Canonical {
  private static final List<String> FIRST =
      List.of("name", "title", "description", "tags", "parameters", "tool");
  private static final String STEP = "  ";

  private Canonical() {}

  static Json.Obj of(Json.Obj document) {
    Map<String, Json> members = new LinkedHashMap<>();
    for (String name : FIRST) {
      add(members, name, document);
    }
    for (String name : new TreeSet<>(document.members().keySet())) {
      add(members, name, document);
    }
    return new Json.Obj(members);
  }

  static String text(Json json) {
    return new JsonWriter(1024).value(json).toString();
  }

  /** The document for people, line by line; a text of many lines stands on as many. */
  static List<String> lines(Json json) {
    List<String> lines = new ArrayList<>();
    write(lines, "", "", json, "");
    return lines;
  }

  private static void add(Map<String, Json> members, String name, Json.Obj from) {
    Json value = from.members().get(name);
    if (value != null && !(value instanceof Json.Null)) {
      members.putIfAbsent(name, ordered(value));
    }
  }

  private static Json ordered(Json json) {
    return switch (json) {
      case Json.Arr array -> new Json.Arr(array.items().stream().map(Canonical::ordered).toList());
      case Json.Obj object -> {
        Map<String, Json> members = new LinkedHashMap<>();
        new TreeSet<>(object.members().keySet()).forEach(name -> add(members, name, object));
        yield new Json.Obj(members);
      }
      default -> json;
    };
  }

  private static void write(
      List<String> lines, String indent, String head, Json json, String comma) {
    switch (json) {
      case Json.Obj object when !object.members().isEmpty() -> {
        lines.add(indent + head + "{");
        int left = object.members().size();
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
          String name = text(new Json.Text(member.getKey())) + ": ";
          write(lines, indent + STEP, name, member.getValue(), --left > 0 ? "," : "");
        }
        lines.add(indent + "}" + comma);
      }
      case Json.Arr array when !array.items().isEmpty() -> {
        lines.add(indent + head + "[");
        int left = array.items().size();
        for (Json item : array.items()) {
          write(lines, indent + STEP, "", item, --left > 0 ? "," : "");
        }
        lines.add(indent + "]" + comma);
      }
      case Json.Text block when block.value().indexOf('\n') >= 0 -> {
        lines.add(indent + head + "|");
        for (String line : block.value().split("\n", -1)) {
          lines.add(indent + STEP + line);
        }
      }
      default -> lines.add(indent + head + text(json) + comma);
    }
  }
}
