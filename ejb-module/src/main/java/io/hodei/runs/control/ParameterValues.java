package io.hodei.runs.control;

import com.google.re2j.Pattern;
import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.pipelines.entity.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a run is given against what its pipeline asks for; says all that is wrong at once.
 */
final class ParameterValues {
  private static final int LONGEST = 32 << 10;

  private ParameterValues() {}

  /**
   * Every parameter that has a value, given or by default.
   *
   * @throws io.hodei.platform.DomainException INVALID with a pointer for each thing that is wrong
   */
  static Map<String, Json> of(List<Parameter> parameters, Map<String, Json> given) {
    FieldErrors errors = new FieldErrors();
    List<String> known = parameters.stream().map(Parameter::name).sorted().toList();
    given.keySet().stream()
        .filter(name -> !known.contains(name))
        .forEach(
            name ->
                errors.add(
                    at(name),
                    known.isEmpty()
                        ? "is not known here; the pipeline takes no parameters"
                        : "is not known here; known are " + known));
    Map<String, Json> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      Json value = value(parameter, given.get(parameter.name()), errors);
      if (value != null) {
        values.put(parameter.name(), value);
      }
    }
    errors.refuse();
    return values;
  }

  private static @Nullable Json value(
      Parameter parameter, @Nullable Json given, FieldErrors errors) {
    if (given == null || given instanceof Json.Null) {
      if (parameter.fallback() == null && parameter.required()) {
        errors.add(at(parameter.name()), "is required");
      }
      return parameter.fallback();
    }
    Json value = typed(parameter.type(), given);
    if (value == null) {
      errors.add(at(parameter.name()), "must be " + kind(parameter) + ", not " + given.kind());
      return null;
    }
    if (value instanceof Json.Text text) {
      checkText(parameter, text.value(), errors);
    }
    return value;
  }

  /** The value as its type wants it; a number or boolean may also come as text. */
  private static @Nullable Json typed(Parameter.Type type, Json given) {
    return switch (type) {
      case STRING, ENUM, FILE, SECRET -> given instanceof Json.Text ? given : null;
      case NUMBER -> given instanceof Json.Num ? given : number(given);
      case BOOLEAN -> given instanceof Json.Bool ? given : flag(given);
    };
  }

  private static @Nullable Json number(Json given) {
    boolean is =
        given instanceof Json.Text text
            && text.value().length() <= 64
            && text.value().matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,3})?");
    return is ? new Json.Num(((Json.Text) given).value()) : null;
  }

  private static @Nullable Json flag(Json given) {
    if (given instanceof Json.Text text) {
      return switch (text.value()) {
        case "true" -> new Json.Bool(true);
        case "false" -> new Json.Bool(false);
        default -> null;
      };
    }
    return null;
  }

  private static void checkText(Parameter parameter, String text, FieldErrors errors) {
    if (text.length() > LONGEST) {
      errors.add(at(parameter.name()), "is longer than " + LONGEST + " characters");
    } else if (text.indexOf('\0') >= 0) {
      errors.add(at(parameter.name()), "contains the character U+0000");
    } else if (parameter.type() == Parameter.Type.ENUM && !parameter.values().contains(text)) {
      errors.add(at(parameter.name()), "must be one of " + parameter.values());
    } else if (parameter.pattern() != null && !Pattern.matches(parameter.pattern(), text)) {
      errors.add(at(parameter.name()), "does not match " + parameter.pattern());
    }
  }

  private static String kind(Parameter parameter) {
    return switch (parameter.type()) {
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case ENUM -> "one of " + parameter.values();
      case STRING, FILE, SECRET -> "a string";
    };
  }

  private static String at(String name) {
    return "/parameters/" + name.replace("~", "~0").replace("/", "~1");
  }
}
