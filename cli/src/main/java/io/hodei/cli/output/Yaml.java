package io.hodei.cli.output;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes a JSON value as YAML 1.2 that every reader understands the same way: texts that could be
 * read as something else are quoted.
 */
final class Yaml {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z/][A-Za-z0-9_./@ -]*");
  private static final Set<String> WORDS =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder out = new StringBuilder();

  private Yaml() {}

  static String of(Json value) {
    Yaml yaml = new Yaml();
    if (scalar(value)) {
      yaml.out.append(text(value)).append('\n');
    } else {
      yaml.block(value, 0);
    }
    return yaml.out.toString();
  }

  private void block(Json value, int depth) {
    if (value.isObject()) {
      value.members().forEach((name, member) -> entry(key(name) + ":", member, depth));
    } else {
      value.elements().forEach(element -> element(element, depth));
    }
  }

  private void entry(String head, Json member, int depth) {
    indent(depth);
    out.append(head);
    if (scalar(member)) {
      out.append(' ').append(text(member)).append('\n');
    } else {
      out.append('\n');
      block(member, depth + 1);
    }
  }

  private void element(Json element, int depth) {
    if (scalar(element)) {
      entry("-", element, depth);
      return;
    }
    int start = out.length();
    block(element, depth + 1);
    // The dash stands in the two columns before the first line of the block.
    out.setCharAt(start + depth * 2, '-');
  }

  private void indent(int depth) {
    out.append("  ".repeat(depth));
  }

  private static boolean scalar(Json value) {
    return switch (value.value()) {
      case Map<?, ?> map -> map.isEmpty();
      case List<?> list -> list.isEmpty();
      case null, default -> true;
    };
  }

  private static String text(Json value) {
    return value.value() instanceof String text ? key(text) : value.text();
  }

  private static String key(String text) {
    boolean plain =
        SAFE.matcher(text).matches()
            && !text.endsWith(" ")
            && !text.contains(" -")
            && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT));
    return plain ? text : new Json(text).text();
  }
}
