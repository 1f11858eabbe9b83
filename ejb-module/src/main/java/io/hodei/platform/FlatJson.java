package io.hodei.platform;

import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Labels as JSON: one object of strings, keys in order. */
public final class FlatJson {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final JsonGeneratorFactory WRITERS = JSON.createGeneratorFactory(Map.of());
  private static final JsonReaderFactory READERS = JSON.createReaderFactory(Map.of());

  private FlatJson() {}

  public static String write(Map<String, String> map) {
    if (map.isEmpty()) {
      return "{}";
    }
    StringWriter text = new StringWriter(64);
    try (JsonGenerator json = WRITERS.createGenerator(text)) {
      json.writeStartObject();
      new TreeMap<>(map).forEach(json::write);
      json.writeEnd();
    }
    return text.toString();
  }

  /** Reads what {@link #write} wrote; null is the empty map. */
  public static Map<String, String> read(@Nullable String text) {
    return text == null || text.equals("{}")
        ? Map.of()
        : texts(READERS.createReader(new StringReader(text)).readObject());
  }

  /** An object whose values are all texts, as a map in the same order. */
  public static Map<String, String> texts(JsonObject object) {
    Map<String, String> map = new LinkedHashMap<>();
    object.forEach((key, value) -> map.put(key, ((JsonString) value).getString()));
    return map;
  }
}
