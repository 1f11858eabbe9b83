package io.hodei.templates.control;

import com.google.re2j.Pattern;
import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.json.JsonRefused;
import io.hodei.templates.entity.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the values that somebody gives for parameters. A number or boolean may also come as text,
 * as command lines and forms have it.
 */
final class ParameterValues {
  private static final int LONGEST = 64 << 10;

  private ParameterValues() {}

  /**
   * The values of the parameters, with defaults for those that were not given; what is wrong goes
   * to the errors.
   *
   * @param pointer where the given ones stand
   */
  static Map<String, Json> complete(
      List<Parameter> parameters, Map<String, Json> given, String pointer, FieldErrors errors) {
    Map<String, Json> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      String place = Places.below(pointer, parameter.name());
      Json value = given.get(parameter.name());
      if (value != null && !(value instanceof Json.Null)) {
        Json typed = typed(parameter.type(), value);
        check(parameter, typed, place, errors);
        values.put(parameter.name(), typed);
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
        errors.add(Places.below(pointer, shown), "is no parameter; known are " + names);
      }
    }
    return values;
  }

  /** A value that every template takes for its parameters, to see what comes out. */
  static Map<String, Json> samples(List<Parameter> parameters) {
    Map<String, Json> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      Json fallback = parameter.fallback();
      values.put(parameter.name(), fallback == null ? sample(parameter) : fallback);
    }
    return values;
  }

  private static Json sample(Parameter parameter) {
    return switch (parameter.type()) {
      case NUMBER -> new Json.Num("1");
      case BOOLEAN -> new Json.Bool(true);
      case ENUM -> new Json.Text(parameter.values().getFirst());
      case STRING, FILE -> new Json.Text("x");
    };
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
      case STRING, ENUM, FILE -> checkText(parameter, value, place, errors);
    }
  }

  private static void checkText(Parameter parameter, Json value, String place, FieldErrors errors) {
    String pattern = parameter.pattern();
    if (!(value instanceof Json.Text text)) {
      errors.add(place, "must be a string, not " + value.kind());
    } else if (text.value().length() > LONGEST) {
      errors.add(place, "is longer than %d characters".formatted(LONGEST));
    } else if (text.value().indexOf('\0') >= 0) {
      errors.add(place, "contains the character U+0000");
    } else if (parameter.type() == Parameter.Type.ENUM
        && !parameter.values().contains(text.value())) {
      errors.add(place, "must be one of " + parameter.values());
    } else if (pattern != null && !Pattern.matches(pattern, text.value())) {
      errors.add(place, "does not match the pattern " + pattern);
    }
  }

  private static Json typed(Parameter.Type type, Json value) {
    if (!(value instanceof Json.Text text) || text.value().length() > 64) {
      return value;
    }
    Json read = read(text.value());
    boolean fits =
        (type == Parameter.Type.NUMBER && read instanceof Json.Num)
            || (type == Parameter.Type.BOOLEAN && read instanceof Json.Bool);
    return fits ? read : value;
  }

  private static Json read(String text) {
    try {
      return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonRefused notJson) {
      return Json.Null.INSTANCE;
    }
  }
}
