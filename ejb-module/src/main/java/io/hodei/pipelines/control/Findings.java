package io.hodei.pipelines.control;

import io.hodei.json.Document;
import io.hodei.json.Place;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.FieldError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with a document, with the places in its text. */
final class Findings {
  /** More than that help nobody. */
  private static final int MOST = 100;

  private final Document document;
  private final List<FieldError> errors = new ArrayList<>();

  Findings(Document document) {
    this.document = document;
  }

  void add(String pointer, String message) {
    add(pointer, message, document.at(pointer));
  }

  /** Something wrong inside of a text. */
  void add(String pointer, int offset, String message) {
    add(pointer, message, document.at(pointer, offset));
  }

  private void add(String pointer, String message, Place place) {
    if (errors.size() < MOST) {
      errors.add(new FieldError(pointer, message, place.line(), place.column()));
    }
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  /** Refuses the document when something is wrong: all of it, or the first in the text only. */
  void refuse(boolean firstOnly) {
    if (errors.isEmpty()) {
      return;
    }
    errors.sort(Comparator.comparingInt(FieldError::line).thenComparingInt(FieldError::column));
    List<FieldError> shown = firstOnly ? errors.subList(0, 1) : errors;
    FieldError first = shown.getFirst();
    String more = shown.size() == 1 ? "" : " (and %d more)".formatted(shown.size() - 1);
    throw new DomainException(
        ErrorCode.INVALID,
        "Line %d, column %d: %s %s%s"
            .formatted(first.line(), first.column(), first.pointer(), first.message(), more),
        shown);
  }
}
