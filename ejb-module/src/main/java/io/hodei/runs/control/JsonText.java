package io.hodei.runs.control;

import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON values as text and back. */
final class JsonText {
  private JsonText() {}

  static String of(Json json) {
    return new JsonWriter().value(json).toString();
  }

  /** An object of one member. */
  static String of(String name, Json json) {
    return of(new Json.Obj(Map.of(name, json)));
  }

  /** Reads what the database holds; null is null as JSON. */
  static Json read(@Nullable String text) {
    return text == null
        ? Json.Null.INSTANCE
        : JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The members of an object. */
  static Map<String, Json> members(String text) {
    return read(text) instanceof Json.Obj object ? object.members() : Map.of();
  }
}
