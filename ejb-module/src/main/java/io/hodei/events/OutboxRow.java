package io.hodei.events;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The events that one transaction wrote for one tenant and topic.
 *
 * @param items JSON array of objects, with ids as numbers
 */
public record OutboxRow(long position, long tenantId, String topic, Instant at, String items) {
  private static final JsonReaderFactory READERS =
      JsonProvider.provider().createReaderFactory(Map.of());

  /** The events as CloudEvents, in their order. */
  public List<CloudEvent> events() {
    List<JsonObject> objects = objects();
    List<CloudEvent> events = new ArrayList<>(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      events.add(CloudEvent.of(this, i, objects.get(i)));
    }
    return events;
  }

  /** The ids in one field ({@code job}, {@code agent}) of all items that have it. */
  public long[] ids(String field) {
    return objects().stream()
        .map(item -> item.get(field))
        .filter(JsonNumber.class::isInstance)
        .mapToLong(number -> ((JsonNumber) number).longValue())
        .toArray();
  }

  /** How many items there are; counted without reading them. */
  public int count() {
    int objects = 0;
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < items.length(); i++) {
      switch (items.charAt(i)) {
        case '"' -> quoted = !quoted;
        case '\\' -> i++;
        case '{' -> {
          if (!quoted && depth++ == 0) {
            objects++;
          }
        }
        case '}' -> depth -= quoted ? 0 : 1;
        default -> {}
      }
    }
    return objects;
  }

  private List<JsonObject> objects() {
    try (var reader = READERS.createReader(new StringReader(items))) {
      return reader.readArray().getValuesAs(JsonObject.class);
    }
  }
}
