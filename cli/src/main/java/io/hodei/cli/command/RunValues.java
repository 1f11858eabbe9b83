package io.hodei.cli.command;

import io.hodei.cli.client.Failure;
import io.hodei.cli.output.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values for runs as people type them. */
final class RunValues {
  private RunValues() {}

  /** JSON of an option. */
  static Json json(String option, String text) {
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          "%s takes JSON, for example {\"ok\":true}: %s".formatted(option, e.getMessage()));
    }
  }

  /** {@code name=value} for each parameter; numbers and booleans go as text and are read there. */
  static Map<String, @Nullable Object> parameters(List<String> given) {
    Map<String, @Nullable Object> parameters = Json.object();
    for (String text : given) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw Failure.usage("-p takes name=value, not " + text);
      }
      parameters.put(text.substring(0, equals), text.substring(equals + 1));
    }
    return parameters;
  }
}
