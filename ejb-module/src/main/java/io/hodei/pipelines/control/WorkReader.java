package io.hodei.pipelines.control;

import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.pipelines.entity.Work;
import io.hodei.platform.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a step does that has no job of its own. */
final class WorkReader {
  private static final int MOST_PARAMETERS = 200;
  private static final int MOST_PEOPLE = 100;
  private static final int LONGEST_NAME = 200;
  private static final List<String> WAITS = List.of("for", "signal", "event");

  private final FieldErrors errors;

  WorkReader(FieldErrors errors) {
    this.errors = errors;
  }

  Work template(JsonFields parts) {
    String name = reference(parts);
    Integer version = version(parts);
    Map<String, Json> parameters = parameters(parts);
    parts.finish();
    return new Work.OfTemplate(name, version, parameters);
  }

  Work pipeline(JsonFields parts) {
    String name = reference(parts);
    Integer version = version(parts);
    Map<String, Json> parameters = parameters(parts);
    parts.finish();
    return new Work.OfPipeline(name, version, parameters);
  }

  Work approval(JsonFields parts) {
    List<String> by = people(parts);
    Long quorum = parts.integer("quorum", 1, MOST_PEOPLE);
    Duration timeout = timeout(parts);
    Work.OnTimeout onTimeout = onTimeout(parts, timeout);
    String message = parts.text("message", PipelineReader.LONGEST_DESCRIPTION);
    parts.finish();
    if (quorum != null && !by.isEmpty() && quorum > by.size()) {
      parts.refuse("quorum", "is more than the %d who may approve".formatted(by.size()));
    }
    return new Work.Approval(
        by, quorum == null ? 1 : quorum.intValue(), timeout, onTimeout, message);
  }

  Work waiting(JsonFields parts) {
    List<String> given = new ArrayList<>();
    for (String name : WAITS) {
      if (parts.any(name) != null) {
        given.add(name);
      }
    }
    if (given.size() != 1) {
      parts.refuse(given.isEmpty() ? "for" : given.get(1), "a wait has exactly one of " + WAITS);
    }
    String kind = given.isEmpty() ? "for" : given.getFirst();
    Work work =
        switch (kind) {
          case "signal" -> signal(parts);
          case "event" -> event(parts);
          default -> timer(parts);
        };
    parts.finish();
    return work;
  }

  private static Work timer(JsonFields parts) {
    Duration duration = parts.duration("for", Duration.ZERO, PipelineReader.LONGEST);
    return new Work.Timer(duration == null ? Duration.ZERO : duration);
  }

  private static Work signal(JsonFields parts) {
    String name = parts.requiredText("signal", 63);
    if (!name.isEmpty() && !Words.isPool(name)) {
      parts.refuse(
          "signal",
          "must be 1 to 63 letters, digits, dots, hyphens or underscores, not begin with a mark");
    }
    Duration timeout = timeout(parts);
    return new Work.Signal(name, timeout, onTimeout(parts, timeout));
  }

  private static Work event(JsonFields parts) {
    String type = parts.requiredText("event", LONGEST_NAME);
    String where = parts.text("where", Cel.LONGEST);
    Duration timeout = timeout(parts);
    return new Work.OfEvent(type, where, timeout, onTimeout(parts, timeout));
  }

  private static String reference(JsonFields parts) {
    String name = parts.requiredText("name", 63);
    if (!name.isEmpty() && !Words.isPool(name)) {
      parts.refuse(
          "name",
          "must be 1 to 63 letters, digits, dots, hyphens or underscores, not begin with a mark");
    }
    return name;
  }

  private static @Nullable Integer version(JsonFields parts) {
    Long version = parts.integer("version", 1, Integer.MAX_VALUE);
    return version == null ? null : version.intValue();
  }

  private Map<String, Json> parameters(JsonFields parts) {
    Json json = parts.any("parameters");
    if (json == null) {
      return Map.of();
    }
    JsonFields.of(json, parts.at("parameters"), errors);
    Map<String, Json> members = StepReader.members(json);
    if (members.size() > MOST_PARAMETERS) {
      parts.refuse("parameters", "has more than %d entries".formatted(MOST_PARAMETERS));
    }
    return members;
  }

  private static List<String> people(JsonFields parts) {
    if (parts.any("by") instanceof Json.Text) {
      String one = parts.text("by", LONGEST_NAME);
      return one == null ? List.of() : List.of(one);
    }
    List<String> several = parts.texts("by", MOST_PEOPLE, LONGEST_NAME);
    if (several == null) {
      return List.of();
    }
    if (several.stream().distinct().count() < several.size()) {
      parts.refuse("by", "names somebody twice");
    }
    return several;
  }

  private static @Nullable Duration timeout(JsonFields parts) {
    return parts.duration("timeout", PipelineReader.SHORTEST, PipelineReader.LONGEST);
  }

  private static Work.OnTimeout onTimeout(JsonFields parts, @Nullable Duration timeout) {
    Work.OnTimeout answer = parts.oneOf("onTimeout", Work.OnTimeout.class);
    if (answer != null && timeout == null && !parts.mentions("timeout")) {
      parts.refuse("onTimeout", "needs a timeout");
    }
    return answer == null ? Work.OnTimeout.FAIL : answer;
  }
}
