package io.hodei.json;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.FieldError;
import java.util.ArrayList;
import java.util.List;

/** Collects all that is wrong with a request, so that it is said at once. */
public final class FieldErrors {
  /** More than that help nobody. */
  private static final int MOST = 100;

  private final List<FieldError> errors = new ArrayList<>();

  public void add(String pointer, String message) {
    if (errors.size() < MOST) {
      errors.add(new FieldError(pointer, message));
    }
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /** What was found so far, in the order it was found. */
  public List<FieldError> list() {
    return List.copyOf(errors);
  }

  /** Refuses the request when something was wrong. */
  public void refuse() {
    if (!errors.isEmpty()) {
      throw refusal();
    }
  }

  /** The refusal that says all; for places that answer one item of many. */
  public DomainException refusal() {
    FieldError first = errors.getFirst();
    String more = errors.size() == 1 ? "" : " (and %d more)".formatted(errors.size() - 1);
    String place = first.pointer().isEmpty() ? "The body" : first.pointer();
    return new DomainException(
        ErrorCode.INVALID, place + " " + first.message() + more, List.copyOf(errors));
  }
}
