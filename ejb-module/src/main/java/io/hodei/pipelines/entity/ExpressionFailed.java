package io.hodei.pipelines.entity;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.FieldError;
import java.util.List;

/** An expression that has no value: a key is missing, types do not fit, or it takes too much. */
public final class ExpressionFailed extends DomainException {
  private static final long serialVersionUID = 1L;

  private final String place;

  public ExpressionFailed(String place, String message) {
    super(ErrorCode.UNPROCESSABLE, place + ": " + message, List.of(new FieldError(place, message)));
    this.place = place;
  }

  /** JSON Pointer into the pipeline's document. */
  public String place() {
    return place;
  }
}
