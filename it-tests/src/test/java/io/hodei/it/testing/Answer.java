package io.hodei.it.testing;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a node answered. */
public record Answer(String request, int status, HttpResponse<byte[]> response) {
  /** Refuses with everything that is known when the status is another one. */
  public Answer expect(int wanted) {
    if (status != wanted) {
      throw new AssertionError(
          "%s answered %d instead of %d: %s".formatted(request, status, wanted, shortText()));
    }
    return this;
  }

  public byte[] bytes() {
    return response.body();
  }

  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  public JsonObject json() {
    try (var reader = Json.createReader(new StringReader(text()))) {
      return reader.readObject();
    } catch (RuntimeException e) {
      throw new AssertionError(request + " answered no JSON object: " + shortText(), e);
    }
  }

  /** The member {@code items}. */
  public List<JsonObject> items() {
    JsonArray items = json().getJsonArray("items");
    return items.getValuesAs(JsonObject.class);
  }

  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  public String contentType() {
    return header("Content-Type").orElse("");
  }

  /** Whether it is a problem of RFC 9457 with the status it came with. */
  public boolean isProblem() {
    return contentType().startsWith("application/problem+json")
        && json().getInt("status") == status
        && !json().getString("code", "").isEmpty()
        && json().getString("type", "").startsWith("https://hodei.io/problems/");
  }

  public String shortText() {
    String text = text();
    return text.length() > 1500 ? text.substring(0, 1500) + "…" : text;
  }

  @Override
  public String toString() {
    return request + " → " + status + " " + shortText();
  }
}
