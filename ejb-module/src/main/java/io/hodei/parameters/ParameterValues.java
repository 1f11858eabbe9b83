package io.hodei.parameters;

import com.google.re2j.Pattern;
import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.json.JsonRefused;
import io.hodei.platform.Nearest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the values that somebody gives for parameters. A number or boolean may also come as text,
 * as command lines and forms have it.
 */
public final class ParameterValues {
  private static final int LONGEST = 64 << 10;
  private static final int LONGEST_NAME_SHOWN = 64;

  private ParameterValues() {}

  /**
   * The values of the parameters, with defaults for those that were not given; what is wrong goes
   * to the errors.
   *
   * @param pointer where the given ones stand
   */
  public static Map<String, Json> complete(
      List<Parameter> parameters, Map<String, Json> given, String pointer, FieldErrors errors) {
    Map<String, Json> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      String place = below(pointer, parameter.name());
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
    refuseUnknown(parameters, given, pointer, errors);
    return values;
  }

  /**
   * The values of the parameters, given at {@code /parameters}.
   *
   * @throws io.hodei.platform.DomainException INVALID with a pointer for each thing that is wrong
   */
  public static Map<String, Json> complete(List<Parameter> parameters, Map<String, Json> given) {
    FieldErrors errors = new FieldErrors();
    Map<String, Json> values = complete(parameters, given, "/parameters", errors);
    errors.refuse();
    return values;
  }

  private static void refuseUnknown(
      List<Parameter> parameters, Map<String, Json> given, String pointer, FieldErrors errors) {
    List<String> names = parameters.stream().map(Parameter::name).toList();
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        String shown =
            name.length() > LONGEST_NAME_SHOWN ? name.substring(0, LONGEST_NAME_SHOWN) + "…" : name;
        errors.add(
            below(pointer, shown),
            names.isEmpty()
                ? "is no parameter; there are none here"
                : "is no parameter%s %s".formatted(known(Nearest.hint(name, names)), names));
      }
    }
  }

  private static String known(String hint) {
    return hint.isEmpty() ? "; known are" : hint + " Known are";
  }

  private static String below(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** A value that each parameter takes, to see what comes out. */
  public static Map<String, Json> samples(List<Parameter> parameters) {
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
      case STRING, FILE, SECRET -> new Json.Text("x");
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
      case STRING, ENUM, FILE, SECRET -> checkText(parameter, value, place, errors);
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
      errors.add(
          place,
          "must be one of %s%s"
              .formatted(parameter.values(), Nearest.hint(text.value(), parameter.values())));
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
