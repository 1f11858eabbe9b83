package io.hodei.platform;

import jakarta.ejb.ApplicationException;
import java.util.List;

/**
 * A refusal: the request is understood and not carried out. Rolls the transaction back. The message
 * is for the caller: what happened, why, and what to do; never a secret.
 */
@ApplicationException(rollback = true)
public class DomainException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient List<FieldError> errors;

  public DomainException(ErrorCode code, String sentence) {
    this(code, sentence, List.of());
  }

  public DomainException(ErrorCode code, String sentence, List<FieldError> errors) {
    super(sentence);
    this.code = code;
    this.errors = List.copyOf(errors);
  }

  /** The refusal of one field of a request. */
  public static DomainException invalid(String pointer, String message) {
    return new DomainException(
        ErrorCode.INVALID, pointer + ": " + message, List.of(new FieldError(pointer, message)));
  }

  /** The refusal of an id or name that this tenant does not have. */
  public static DomainException notFound(String kind, String id) {
    return new DomainException(
        ErrorCode.NOT_FOUND,
        "There is no %s %s in this tenant. Check what you wrote against the list of those there are."
            .formatted(kind, id));
  }

  public ErrorCode code() {
    return code;
  }

  public List<FieldError> errors() {
    return errors;
  }
}
