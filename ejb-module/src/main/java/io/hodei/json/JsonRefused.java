package io.hodei.json;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.FieldError;
import java.util.List;

/** A text that is not JSON, or not JSON that is accepted. */
public final class JsonRefused extends DomainException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_MEMBER = 64;

  private final String place;
  private final String what;
  private final String pointer;

  JsonRefused(int line, int column, String what) {
    this("line %d, column %d".formatted(line, column), what, "");
  }

  private JsonRefused(String place, String what, String pointer) {
    super(
        ErrorCode.INVALID,
        "The body is not valid JSON at %s: %s.".formatted(place, what),
        List.of(new FieldError(pointer, place + ": " + what)));
    this.place = place;
    this.what = what;
    this.pointer = pointer;
  }

  /** The same, said of a member of the value that was read so far (RFC 6901). */
  JsonRefused of(String member) {
    String shown = member.length() > LONGEST_MEMBER ? member.substring(0, LONGEST_MEMBER) : member;
    return new JsonRefused(
        place, what, "/" + shown.replace("~", "~0").replace("/", "~1") + pointer);
  }

  /** Whether it is about one member, and not about the text. */
  boolean hasPointer() {
    return !pointer.isEmpty();
  }
}
