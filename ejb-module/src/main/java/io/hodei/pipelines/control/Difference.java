package io.hodei.pipelines.control;

import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.pipelines.entity.PipelineChange;
import io.hodei.pipelines.entity.PipelineChange.Kind;
import io.hodei.platform.LineDiff;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares two documents in their canonical form. */
public final class Difference {
  /** Sections whose items have names. */
  private static final Map<String, String> NAMED =
      Map.of("parameters", "name", "steps", "id", "onFailure", "id", "finally", "id");

  private final List<PipelineChange> changes = new ArrayList<>();

  private Difference() {}

  /**
   * What leads from one to the other, in the order of the documents.
   *
   * @param before empty: nothing
   */
  public static List<PipelineChange> between(String before, String after) {
    Difference difference = new Difference();
    Map<String, Json> old = members(before);
    Map<String, Json> current = members(after);
    Map<String, Json> all = new LinkedHashMap<>(current);
    old.forEach(all::putIfAbsent);
    for (String name : all.keySet()) {
      String key = NAMED.get(name);
      if (key == null) {
        difference.compare(name, old.get(name), current.get(name));
      } else {
        difference.section(
            name, items(old.get(name), name, key), items(current.get(name), name, key));
      }
    }
    return difference.changes;
  }

  private void section(String section, Map<String, Json> old, Map<String, Json> current) {
    current.forEach((place, item) -> compare(place, old.get(place), item));
    old.forEach(
        (place, item) -> {
          if (!current.containsKey(place)) {
            compare(place, item, null);
          }
        });
    if (!common(old, current.keySet()).equals(common(current, old.keySet()))) {
      changes.add(new PipelineChange(Kind.REORDERED, section, List.of()));
    }
  }

  private static List<String> common(Map<String, Json> items, Set<String> others) {
    return items.keySet().stream().filter(others::contains).toList();
  }

  private void compare(String place, @Nullable Json old, @Nullable Json current) {
    if (old == null && current != null) {
      changes.add(
          new PipelineChange(Kind.ADDED, place, LineDiff.of(List.of(), lines(place, current))));
    } else if (old != null && current == null) {
      changes.add(
          new PipelineChange(Kind.REMOVED, place, LineDiff.of(lines(place, old), List.of())));
    } else if (old != null && current != null && !old.equals(current)) {
      changes.add(
          new PipelineChange(
              Kind.CHANGED, place, LineDiff.of(lines(place, old), lines(place, current))));
    }
  }

  private static List<String> lines(String place, Json value) {
    Json shown =
        place.indexOf('/') >= 0 ? new Json.Arr(List.of(value)) : new Json.Obj(Map.of(place, value));
    return YamlText.of(shown).lines().toList();
  }

  private static Map<String, Json> members(String canonical) {
    return canonical.isEmpty()
        ? Map.of()
        : StepReader.members(JsonReader.read(canonical.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, Json> items(@Nullable Json array, String section, String key) {
    Map<String, Json> items = new LinkedHashMap<>();
    if (array instanceof Json.Arr list) {
      for (Json item : list.items()) {
        if (StepReader.members(item).get(key) instanceof Json.Text name) {
          items.put(section + "/" + name.value(), item);
        }
      }
    }
    return items;
  }
}
