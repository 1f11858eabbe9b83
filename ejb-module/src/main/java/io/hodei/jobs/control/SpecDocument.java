package io.hodei.jobs.control;

import io.hodei.jobs.entity.CloudRunSpec;
import io.hodei.jobs.entity.ExternalSpec;
import io.hodei.jobs.entity.HttpSpec;
import io.hodei.jobs.entity.JobSpec;
import io.hodei.jobs.entity.RetryPolicy;
import io.hodei.jobs.entity.Timeouts;
import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.json.JsonWriter;
import io.hodei.platform.FlatJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a {@link JobSpec}: JSON in one canonical order, so that equal specs have equal
 * bytes and share one row. Durations are whole microseconds; what has its default is left out.
 */
public final class SpecDocument {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final JsonGeneratorFactory WRITERS = JSON.createGeneratorFactory(Map.of());
  private static final JsonReaderFactory READERS = JSON.createReaderFactory(Map.of());
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

  private SpecDocument() {}

  /** Writes the canonical text. */
  public static String write(JobSpec spec) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator json = WRITERS.createGenerator(text)) {
      json.writeStartObject().write("executor", spec.executor());
      if (!spec.command().isEmpty()) {
        json.writeStartArray("command");
        spec.command().forEach(json::write);
        json.writeEnd();
      }
      writeText(json, "shell", spec.shell());
      writeText(json, "image", spec.image());
      writeText(json, "workingDirectory", spec.workingDirectory());
      if (!spec.environment().isEmpty()) {
        json.writeStartObject("environment");
        new TreeMap<>(spec.environment()).forEach(json::write);
        json.writeEnd();
      }
      if (spec.stdin().length > 0) {
        json.write("stdin", Base64.getEncoder().encodeToString(spec.stdin()));
      }
      if (!spec.killGrace().equals(DEFAULT_GRACE)) {
        json.write("killGrace", micros(spec.killGrace()));
      }
      if (spec.logLimitBytes() > 0) {
        json.write("logLimit", spec.logLimitBytes());
      }
      writeExternal(json, spec.external());
      writeTimeouts(json, spec.timeouts());
      writeRetry(json, spec.retry());
      json.writeEnd();
    }
    return text.toString();
  }

  /** Reads what {@link #write} wrote. */
  public static JobSpec read(String text) {
    JsonObject json = READERS.createReader(new StringReader(text)).readObject();
    return new JobSpec(
        json.getString("executor"),
        texts(json.getJsonArray("command")),
        json.getString("shell", null),
        json.containsKey("environment")
            ? FlatJson.texts(json.getJsonObject("environment"))
            : Map.of(),
        json.containsKey("stdin")
            ? Base64.getDecoder().decode(json.getString("stdin"))
            : new byte[0],
        json.getString("workingDirectory", null),
        json.getString("image", null),
        json.containsKey("killGrace") ? duration(json.getJsonNumber("killGrace")) : DEFAULT_GRACE,
        readTimeouts(json.getJsonObject("timeouts")),
        readRetry(json.getJsonObject("retry")),
        json.containsKey("logLimit") ? json.getJsonNumber("logLimit").longValue() : 0,
        readExternal(json));
  }

  /** Whole microseconds; 0 for none. */
  static long micros(@Nullable Duration duration) {
    return duration == null ? 0 : duration.toNanos() / 1000;
  }

  private static void writeExternal(JsonGenerator json, @Nullable ExternalSpec external) {
    if (external != null) {
      String text = new JsonWriter().value(external.document()).toString();
      json.write(external.member(), READERS.createReader(new StringReader(text)).readValue());
    }
  }

  private static @Nullable ExternalSpec readExternal(JsonObject json) {
    if (json.containsKey(HttpSpec.MEMBER)) {
      return HttpSpec.of(document(json.getJsonObject(HttpSpec.MEMBER)));
    }
    return json.containsKey(CloudRunSpec.MEMBER)
        ? CloudRunSpec.of(document(json.getJsonObject(CloudRunSpec.MEMBER)))
        : null;
  }

  private static Json.Obj document(JsonObject json) {
    return (Json.Obj) JsonReader.read(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void writeTimeouts(JsonGenerator json, Timeouts timeouts) {
    if (timeouts.equals(Timeouts.NONE)) {
      return;
    }
    json.writeStartObject("timeouts");
    writeMicros(json, "wait", timeouts.queued());
    writeMicros(json, "run", timeouts.run());
    writeMicros(json, "total", timeouts.total());
    json.writeEnd();
  }

  private static void writeRetry(JsonGenerator json, RetryPolicy retry) {
    if (retry.equals(RetryPolicy.NONE)) {
      return;
    }
    json.writeStartObject("retry")
        .write("maxAttempts", retry.maxAttempts())
        .write("backoff", retry.backoff().name())
        .write("delay", micros(retry.delay()))
        .write("maxDelay", micros(retry.maxDelay()))
        .write("jitter", retry.jitter())
        .writeStartArray("onExitCodes");
    retry.onExitCodes().forEach(json::write);
    json.writeEnd().writeEnd();
  }

  private static Timeouts readTimeouts(@Nullable JsonObject json) {
    return json == null
        ? Timeouts.NONE
        : new Timeouts(
            duration(json.getJsonNumber("wait")),
            duration(json.getJsonNumber("run")),
            duration(json.getJsonNumber("total")));
  }

  private static RetryPolicy readRetry(@Nullable JsonObject json) {
    return json == null
        ? RetryPolicy.NONE
        : new RetryPolicy(
            json.getInt("maxAttempts"),
            RetryPolicy.Backoff.valueOf(json.getString("backoff")),
            duration(json.getJsonNumber("delay")),
            duration(json.getJsonNumber("maxDelay")),
            json.getJsonNumber("jitter").doubleValue(),
            json.getJsonArray("onExitCodes").getValuesAs(JsonNumber::intValue));
  }

  private static void writeText(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.write(name, value);
    }
  }

  private static void writeMicros(JsonGenerator json, String name, @Nullable Duration value) {
    if (value != null) {
      json.write(name, micros(value));
    }
  }

  @SuppressWarnings("NullAway") // Null in, null out: an absent duration.
  private static Duration duration(@Nullable JsonNumber micros) {
    return micros == null ? null : Duration.of(micros.longValue(), ChronoUnit.MICROS);
  }

  private static List<String> texts(@Nullable JsonArray array) {
    return array == null ? List.of() : array.getValuesAs(JsonString::getString);
  }
}
