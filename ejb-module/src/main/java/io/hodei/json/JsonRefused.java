package io.hodei.json;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.FieldError;
import java.util.List;

/** A text that is not JSON, or not JSON that is accepted. */
public final class JsonRefused extends DomainException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_MEMBER = 64;

  private final int line;
  private final int column;
  private final String what;
  private final String language;
  private final String pointer;

  JsonRefused(int line, int column, String what) {
    this(line, column, what, "JSON", "");
  }

  private JsonRefused(int line, int column, String what, String language, String pointer) {
    super(
        ErrorCode.INVALID,
        "The body is not valid %s at %s: %s.".formatted(language, place(line, column), what),
        List.of(new FieldError(pointer, what, line, column)));
    this.line = line;
    this.column = column;
    this.what = what;
    this.language = language;
    this.pointer = pointer;
  }

  /** A text that is not YAML, or not YAML that is accepted. */
  static JsonRefused yaml(int line, int column, String what) {
    return new JsonRefused(line, column, what, "YAML", "");
  }

  /** The same, said of a member of the value that was read so far (RFC 6901). */
  JsonRefused of(String member) {
    String shown = member.length() > LONGEST_MEMBER ? member.substring(0, LONGEST_MEMBER) : member;
    return new JsonRefused(
        line, column, what, language, "/" + shown.replace("~", "~0").replace("/", "~1") + pointer);
  }

  /** Whether it is about one member, and not about the text. */
  boolean hasPointer() {
    return !pointer.isEmpty();
  }

  private static String place(int line, int column) {
    return "line %d, column %d".formatted(line, column);
  }
}
