package io.hodei.pipelines.control;

import io.hodei.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one form of a document: members in a fixed order, nothing that says nothing. Two documents
 * that differ only in their writing have the same.
 */
final class Canonical {
  private static final List<String> ORDER =
      List.of(
          "hodei",
          "name",
          "id",
          "dependsOn",
          "when",
          "version",
          "type",
          "required",
          "default",
          "pattern",
          "values",
          "description",
          "labels",
          "parameters",
          "failurePolicy",
          "concurrency",
          "limit",
          "whenFull",
          "timeout",
          "onTimeout",
          "executor",
          "pool",
          "priority",
          "requires",
          "defaults",
          "matrix",
          "map",
          "maxParallel",
          "job",
          "spec",
          "template",
          "pipeline",
          "approval",
          "wait",
          "retry",
          "timeouts",
          "allowFailure",
          "steps",
          "onFailure",
          "finally");
  private static final Map<String, Integer> RANKS = ranks();

  private Canonical() {}

  /** The canonical form of a document that is right. */
  static Json.Obj of(Json document) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("hodei", new Json.Num("1"));
    Json ordered = ordered(document, "");
    StepReader.members(ordered).forEach(members::putIfAbsent);
    return new Json.Obj(members);
  }

  private static Json ordered(Json json, String name) {
    return switch (json) {
      case Json.Text t when name.equals("dependsOn") || name.equals("by") ->
          new Json.Arr(List.of(t));
      case Json.Arr a -> {
        List<Json> items = new ArrayList<>(a.items().size());
        a.items().forEach(item -> items.add(ordered(item, "")));
        yield new Json.Arr(items);
      }
      case Json.Obj o -> object(o, name);
      default -> json;
    };
  }

  private static Json object(Json.Obj object, String name) {
    List<String> names = new ArrayList<>(object.members().keySet());
    if (!name.equals("matrix")) {
      names.sort(
          (a, b) -> {
            int byRank = Integer.compare(rank(a), rank(b));
            return byRank == 0 ? a.compareTo(b) : byRank;
          });
    }
    Map<String, Json> members = LinkedHashMap.newLinkedHashMap(names.size());
    for (String member : names) {
      Json value = object.members().getOrDefault(member, Json.Null.INSTANCE);
      if (!(value instanceof Json.Null)) {
        members.put(member, ordered(value, member));
      }
    }
    return new Json.Obj(members);
  }

  private static int rank(String name) {
    return RANKS.getOrDefault(name, ORDER.size());
  }

  private static Map<String, Integer> ranks() {
    Map<String, Integer> ranks = new HashMap<>();
    ORDER.forEach(name -> ranks.put(name, ranks.size()));
    return ranks;
  }
}
