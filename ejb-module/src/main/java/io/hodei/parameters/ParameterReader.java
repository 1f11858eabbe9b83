package io.hodei.parameters;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what parameters a document declares. */
public final class ParameterReader {
  private static final int MOST = 200;
  private static final int MOST_VALUES = 1_000;
  private static final int LONGEST_VALUE = 1_000;
  private static final int LONGEST_PATTERN = 1_000;
  private static final int LONGEST_DESCRIPTION = 10_000;

  /** Words of the expression language that are no names of members. */
  private static final Set<String> WORDS = Set.of("true", "false", "null", "in");

  private final Set<Parameter.Type> types;
  private final FieldErrors errors;
  private final Set<String> names = new HashSet<>();

  /**
   * For one document.
   *
   * @param types which its parameters may have
   */
  public ParameterReader(Set<Parameter.Type> types, FieldErrors errors) {
    this.types = types;
    this.errors = errors;
  }

  /** Those of {@code parameters}; what is wrong goes to the errors. */
  public List<Parameter> read(JsonFields document) {
    Json json = document.any("parameters");
    if (json == null) {
      return List.of();
    }
    if (!(json instanceof Json.Arr array)) {
      document.refuse("parameters", "must be an array of parameters, not " + json.kind());
      return List.of();
    }
    if (array.items().size() > MOST) {
      document.refuse("parameters", "has more than %d items".formatted(MOST));
      return List.of();
    }
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < array.items().size(); i++) {
      String place = document.at("parameters") + "/" + i;
      parameters.add(one(JsonFields.of(array.items().get(i), place, errors)));
    }
    return parameters;
  }

  private Parameter one(JsonFields fields) {
    String name = name(fields);
    Parameter.Type given = fields.oneOf("type", Parameter.Type.class, Parameter.Type::word);
    Parameter.Type type = given == null ? Parameter.Type.STRING : given;
    if (!types.contains(type)) {
      fields.refuse("type", "must be one of " + types.stream().map(Parameter.Type::word).toList());
    }
    Boolean required = fields.flag("required");
    Json fallback = fields.any("default");
    String pattern = pattern(fields, type);
    List<String> values = values(fields, type, given == null && fields.mentions("type"));
    String description = fields.text("description", LONGEST_DESCRIPTION);
    fields.finish();
    Parameter parameter =
        new Parameter(
            name, type, Boolean.TRUE.equals(required), fallback, pattern, values, description);
    if (fallback != null && type == Parameter.Type.SECRET) {
      fields.refuse("default", "is not possible for a secret; the caller names one");
    } else if (fallback != null) {
      ParameterValues.check(parameter, fallback, fields.at("default"), errors);
    }
    return parameter;
  }

  private String name(JsonFields fields) {
    String name = fields.requiredText("name", 63);
    if (name.isEmpty()) {
      return name;
    }
    boolean word =
        name.chars().allMatch(c -> isLetter(c) || (c >= '0' && c <= '9'))
            && isLetter(name.charAt(0));
    if (!word || WORDS.contains(name)) {
      fields.refuse(
          "name",
          "must be letters, digits and _, not begin with a digit and be none of true, false, null,"
              + " in");
    } else if (!names.add(name)) {
      fields.refuse("name", "is the name of another parameter already");
    }
    return name;
  }

  private static @Nullable String pattern(JsonFields fields, Parameter.Type type) {
    String pattern = fields.text("pattern", LONGEST_PATTERN);
    if (pattern == null) {
      return null;
    }
    if (type == Parameter.Type.NUMBER || type == Parameter.Type.BOOLEAN) {
      fields.refuse("pattern", "is only possible for texts");
    }
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      fields.refuse("pattern", "is not a regular expression (RE2): " + e.getDescription());
      return null;
    }
    return pattern;
  }

  private static List<String> values(JsonFields fields, Parameter.Type type, boolean unknownType) {
    List<String> values = fields.texts("values", MOST_VALUES, LONGEST_VALUE);
    if (values == null) {
      if (type == Parameter.Type.ENUM) {
        fields.refuse("values", "is required for an enum");
      }
      return List.of();
    }
    if (type != Parameter.Type.ENUM && !unknownType) {
      fields.refuse("values", "is only possible for an enum; write type: enum");
    } else if (values.isEmpty()) {
      fields.refuse("values", "must have at least one value");
    } else if (new HashSet<>(values).size() < values.size()) {
      fields.refuse("values", "has a value twice");
    }
    return values;
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
}
