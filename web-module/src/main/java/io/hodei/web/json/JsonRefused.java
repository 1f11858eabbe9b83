package io.hodei.web.json;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.FieldError;
import java.util.List;

/** A text that is not JSON, or not JSON that is accepted. */
public final class JsonRefused extends DomainException {
  private static final long serialVersionUID = 1L;

  JsonRefused(int line, int column, String what) {
    super(
        ErrorCode.INVALID,
        "The body is not valid JSON at line %d, column %d: %s.".formatted(line, column, what),
        List.of(new FieldError("", "line %d, column %d: %s".formatted(line, column, what))));
  }
}
