package io.hodei.pipelines.control;

import com.google.re2j.Pattern;
import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.pipelines.entity.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks the values that somebody gives for parameters. */
public final class ParameterValues {
  private static final int LONGEST = 64 << 10;

  private ParameterValues() {}

  /**
   * The values of all parameters, with defaults for those that were not given; what is wrong goes
   * to the errors.
   *
   * @param pointer where the given ones stand
   */
  public static Map<String, Json> complete(
      List<Parameter> parameters, Map<String, Json> given, String pointer, FieldErrors errors) {
    Map<String, Json> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      String place = pointer + "/" + parameter.name();
      Json value = given.get(parameter.name());
      if (value != null && !(value instanceof Json.Null)) {
        check(parameter, value, place, errors);
        values.put(parameter.name(), value);
      } else if (parameter.fallback() != null) {
        values.put(parameter.name(), parameter.fallback());
      } else if (parameter.required()) {
        errors.add(place, "is required");
      }
    }
    List<String> names = parameters.stream().map(Parameter::name).toList();
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        String shown = name.length() > 64 ? name.substring(0, 64) + "…" : name;
        errors.add(
            pointer + "/" + shown.replace("~", "~0").replace("/", "~1"),
            "is no parameter%s; known are %s".formatted(Nearest.hint(name, names), names));
      }
    }
    return values;
  }

  static void check(Parameter parameter, Json value, String place, FieldErrors errors) {
    switch (parameter.type()) {
      case NUMBER -> {
        if (!(value instanceof Json.Num)) {
          errors.add(place, "must be a number, not " + value.kind());
        }
      }
      case BOOLEAN -> {
        if (!(value instanceof Json.Bool)) {
          errors.add(place, "must be true or false, not " + value.kind());
        }
      }
      case STRING, ENUM, FILE, SECRET -> checkText(parameter, value, place, errors);
    }
  }

  private static void checkText(Parameter parameter, Json value, String place, FieldErrors errors) {
    if (!(value instanceof Json.Text text)) {
      errors.add(place, "must be a string, not " + value.kind());
    } else if (text.value().length() > LONGEST) {
      errors.add(place, "is longer than %d characters".formatted(LONGEST));
    } else if (text.value().indexOf('\0') >= 0) {
      errors.add(place, "contains the character U+0000");
    } else if (parameter.type() == Parameter.Type.ENUM
        && !parameter.values().contains(text.value())) {
      errors.add(
          place,
          "must be one of %s%s"
              .formatted(parameter.values(), Nearest.hint(text.value(), parameter.values())));
    } else if (parameter.pattern() != null && !Pattern.matches(parameter.pattern(), text.value())) {
      errors.add(place, "does not match the pattern " + parameter.pattern());
    }
  }
}
