package io.hodei.templates.control;

import io.hodei.json.FieldErrors;
import io.hodei.templates.control.Placeholders.Literal;
import io.hodei.templates.control.Placeholders.Part;
import io.hodei.templates.control.Placeholders.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds placeholders of a script for {@code sh} that single quotes would not make safe. A quoted
 * value is one word only where the shell reads plain text: not inside of other quotes, comments,
 * here-documents and the like. What this cannot follow with certainty it refuses.
 */
final class ShellText {
  private static final String WORD_ENDS = " \t\n;&|()<>";
  private static final char NOTHING_SPECIAL = 'x';

  private enum Mode {
    PLAIN,
    SINGLE,
    DOUBLE,
    COMMENT,
    /** Inside of <code>${name}</code>. */
    BRACES
  }

  private Mode mode = Mode.PLAIN;
  private Mode outer = Mode.PLAIN;
  private boolean escaped;
  private char before = '\n';
  private @Nullable String lostBehind;

  private ShellText() {}

  /** The value as one word of {@code sh}, whatever is in it. */
  static String quote(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }

  /** Tells of each placeholder that must not stand where it stands. */
  static void check(List<Part> parts, String place, FieldErrors errors) {
    ShellText text = new ShellText();
    for (Part part : parts) {
      switch (part) {
        case Literal literal -> literal.text().chars().forEach(c -> text.read((char) c));
        case Value value -> {
          String where = value.raw() ? null : text.unsafe();
          if (where != null) {
            errors.add(
                place,
                "has {{%1$s}} %2$s, where quoting does not protect; write it outside, or give it as a variable (environment: {\"V\": \"{{%1$s}}\"}) and use \"$V\""
                    .formatted(value.name(), where));
          }
          text.word();
        }
      }
    }
  }

  private @Nullable String unsafe() {
    if (lostBehind != null) {
      return "behind " + lostBehind;
    }
    return switch (mode) {
      case PLAIN -> escaped ? "behind a backslash" : before == '$' ? "behind a $" : null;
      case SINGLE, DOUBLE -> "inside of quotes";
      case COMMENT -> "inside of a comment";
      case BRACES -> "inside of ${}";
    };
  }

  private void word() {
    escaped = false;
    before = NOTHING_SPECIAL;
  }

  private void read(char c) {
    if (lostBehind != null) {
      return;
    }
    if (escaped) {
      escaped = false;
      // A line that goes on is as if nothing stood there.
      before = c == '\n' ? before : NOTHING_SPECIAL;
      return;
    }
    switch (mode) {
      case PLAIN -> plain(c);
      case SINGLE -> end(c, '\'');
      case DOUBLE -> doubled(c);
      case COMMENT -> comment(c);
      case BRACES -> braces(c);
    }
  }

  private void plain(char c) {
    switch (c) {
      case '\\' -> escaped = true;
      case '\'' -> quoted(Mode.SINGLE, before == '$' ? "$'" : null);
      case '"' -> quoted(Mode.DOUBLE, null);
      case '#' -> {
        mode = WORD_ENDS.indexOf(before) >= 0 ? Mode.COMMENT : mode;
        before = c;
      }
      case '<' -> pair(c, '<', "<<");
      case '(' -> pair(c, '(', "((");
      default -> expansion(c);
    }
  }

  private void doubled(char c) {
    switch (c) {
      case '\\' -> escaped = true;
      case '"' -> end(c, '"');
      case '(' -> pair(c, '$', "$( inside of quotes");
      default -> expansion(c);
    }
  }

  private void expansion(char c) {
    switch (c) {
      case '`' -> lostBehind = "a backtick";
      case '[' -> pair(c, '$', "$[");
      case '{' -> {
        if (before == '$') {
          outer = mode;
          mode = Mode.BRACES;
        }
        before = c;
      }
      default -> before = c;
    }
  }

  private void braces(char c) {
    if (c == '}') {
      mode = outer;
      before = NOTHING_SPECIAL;
    } else if (!Placeholders.isName("_" + c)) {
      lostBehind = "${ with more than a name";
    }
  }

  private void comment(char c) {
    if (c == '\n') {
      mode = Mode.PLAIN;
      before = c;
    }
  }

  private void pair(char c, char first, String name) {
    if (before == first) {
      lostBehind = name;
    }
    before = c;
  }

  private void quoted(Mode quotes, @Nullable String lost) {
    mode = quotes;
    lostBehind = lost;
    before = NOTHING_SPECIAL;
  }

  private void end(char c, char quote) {
    if (c == quote) {
      mode = Mode.PLAIN;
      before = NOTHING_SPECIAL;
    }
  }
}
