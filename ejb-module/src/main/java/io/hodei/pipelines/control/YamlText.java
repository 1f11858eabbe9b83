package io.hodei.pipelines.control;

import io.hodei.json.Json;
import java.util.Set;

/** Writes JSON as YAML that people like to read and that reads back as the same. */
public final class YamlText {
  private static final Set<String> WORDS =
      Set.of("null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE");
  private static final int LONGEST_FLOW = 80;

  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  /** The YAML of a value, with a line break at its end. */
  public static String of(Json json) {
    YamlText text = new YamlText();
    switch (json) {
      case Json.Obj o when !o.members().isEmpty() -> text.members(o, 0, false);
      case Json.Arr a when !a.items().isEmpty() -> text.items(a, 0);
      default -> text.scalar(json, 0).append('\n');
    }
    return text.out.toString();
  }

  /**
   * Members, each on a line.
   *
   * @param begun whether the first one follows what stands on the line already
   */
  private void members(Json.Obj object, int indent, boolean begun) {
    boolean first = begun;
    for (var member : object.members().entrySet()) {
      if (!first) {
        indent(indent);
      }
      first = false;
      out.append(isPlain(member.getKey()) ? member.getKey() : quoted(member.getKey())).append(':');
      value(member.getValue(), indent);
    }
  }

  private void value(Json value, int indent) {
    switch (value) {
      case Json.Obj o when !o.members().isEmpty() -> {
        out.append('\n');
        members(o, indent + 2, false);
      }
      case Json.Arr a when !a.items().isEmpty() && !isShort(a) -> {
        out.append('\n');
        items(a, indent + 2);
      }
      default -> {
        out.append(' ');
        scalar(value, indent + 2).append('\n');
      }
    }
  }

  private void items(Json.Arr array, int indent) {
    for (Json item : array.items()) {
      indent(indent);
      out.append('-');
      if (item instanceof Json.Obj o && !o.members().isEmpty()) {
        out.append(' ');
        members(o, indent + 2, true);
      } else {
        value(item, indent);
      }
    }
  }

  /** What fits behind a key or dash; lines of a block are indented. */
  private StringBuilder scalar(Json value, int indent) {
    return switch (value) {
      case Json.Text t -> text(t.value(), indent);
      case Json.Num n -> out.append(n.literal());
      case Json.Bool b -> out.append(b.value());
      case Json.Null n -> out.append("null");
      case Json.Arr a -> flow(a);
      case Json.Obj o -> out.append("{}");
    };
  }

  private StringBuilder flow(Json.Arr array) {
    out.append('[');
    for (int i = 0; i < array.items().size(); i++) {
      out.append(i == 0 ? "" : ", ");
      if (array.items().get(i) instanceof Json.Text t) {
        out.append(isWord(t.value()) ? t.value() : quoted(t.value()));
      } else {
        scalar(array.items().get(i), 0);
      }
    }
    return out.append(']');
  }

  private static boolean isShort(Json.Arr array) {
    int length = 0;
    for (Json item : array.items()) {
      length +=
          switch (item) {
            case Json.Text t -> t.value().indexOf('\n') < 0 ? t.value().length() + 4 : LONGEST_FLOW;
            case Json.Num n -> n.literal().length() + 2;
            case Json.Bool b -> 7;
            case Json.Null n -> 6;
            default -> LONGEST_FLOW;
          };
      if (length >= LONGEST_FLOW) {
        return false;
      }
    }
    return true;
  }

  private StringBuilder text(String text, int indent) {
    if (isPlain(text)) {
      return out.append(text);
    }
    return isBlock(text) ? block(text, indent) : out.append(quoted(text));
  }

  /** A literal block; ends before the last line break, which the caller writes. */
  private StringBuilder block(String text, int indent) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    int breaks = text.length() - end;
    out.append(breaks == 0 ? "|-" : breaks == 1 ? "|" : "|+");
    for (String line : text.substring(0, end).split("\n", -1)) {
      out.append('\n');
      if (!line.isEmpty()) {
        indent(indent);
        out.append(line);
      }
    }
    return out.append("\n".repeat(Math.max(0, breaks - 1)));
  }

  private static boolean isBlock(String text) {
    if (text.indexOf('\n') < 0 || " \t\n".indexOf(text.charAt(0)) >= 0) {
      return false;
    }
    boolean readable = text.chars().allMatch(c -> c == '\n' || c == '\t' || isReadable(c));
    return readable && text.lines().allMatch(line -> line.isEmpty() || !line.isBlank());
  }

  /** Whether a text is itself outside of quotes, anywhere but in brackets. */
  private static boolean isPlain(String text) {
    if (text.isEmpty() || text.length() > 200 || WORDS.contains(text) || text.endsWith(" ")) {
      return false;
    }
    char first = text.charAt(0);
    boolean begins =
        isLetter(first) || first == '_' || first == '/' || first == '$' || first == '(';
    return begins
        && text.chars().allMatch(c -> c >= ' ' && c < 0x7f)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.endsWith(":");
  }

  /** Whether a text is itself outside of quotes also in brackets. */
  private static boolean isWord(String text) {
    return isPlain(text)
        && text.chars()
            .allMatch(c -> isLetter(c) || (c >= '0' && c <= '9') || "_/.-".indexOf(c) >= 0);
  }

  private static boolean isReadable(int c) {
    return (c >= ' ' && c < 0x7f)
        || (c >= 0xa0 && c < 0xfffe && c != 0x2028 && c != 0x2029 && c != 0xfeff);
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (isReadable(c)) {
            quoted.append(c);
          } else {
            quoted.append("\\u%04x".formatted((int) c));
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  private void indent(int count) {
    out.append(" ".repeat(count));
  }
}
