package io.hodei.events;

import io.hodei.platform.Id;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;

/**
 * One event for the outside, in the JSON format of CloudEvents 1.0.
 *
 * @param at its place; the text of it is its id
 */
public record CloudEvent(EventCursor at, String topic, JsonObject json) {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final List<String> SUBJECTS =
      List.of("job", "run", "agent", "token", "tenant", "pool");
  private static final Set<String> IDS =
      Set.of(
          "job", "run", "parentRun", "rerunOf", "agent", "session", "token", "tenant", "retryOf");

  static CloudEvent of(OutboxRow row, int index, JsonObject item) {
    EventCursor at = new EventCursor(row.position(), index);
    JsonObject data = readable(item);
    JsonObjectBuilder event =
        JSON.createObjectBuilder()
            .add("specversion", "1.0")
            .add("id", at.text())
            .add("source", "/tenants/" + Id.format(row.tenantId()))
            .add("type", "io.hodei." + row.topic())
            .add("time", time(row.at()));
    for (String field : SUBJECTS) {
      if (data.containsKey(field)) {
        event.add("subject", data.getString(field));
        break;
      }
    }
    event.add("datacontenttype", "application/json").add("data", data);
    return new CloudEvent(at, row.topic(), event.build());
  }

  static String time(Instant instant) {
    return MICROS.format(instant);
  }

  /** The item with ids in their text form and without nulls. */
  private static JsonObject readable(JsonObject item) {
    JsonObjectBuilder data = JSON.createObjectBuilder();
    item.forEach(
        (name, value) -> {
          if (IDS.contains(name) && value instanceof JsonNumber id) {
            data.add(name, Id.format(id.longValue()));
          } else if (value != JsonValue.NULL) {
            data.add(name, value);
          }
        });
    return data.build();
  }
}
