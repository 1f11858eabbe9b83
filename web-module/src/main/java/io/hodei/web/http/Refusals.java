package io.hodei.web.http;

import io.hodei.platform.Causes;
import io.hodei.platform.DatabaseFailure;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import jakarta.persistence.OptimisticLockException;
import jakarta.ws.rs.WebApplicationException;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * Says of what was thrown which problem it is. Containers wrap; the innermost that is known counts.
 */
public final class Refusals {
  private static final String TRY_AGAIN = " Nothing was changed; try again in a few seconds.";

  private Refusals() {}

  /** The problem; empty when the server itself is broken. */
  public static Optional<Problem> of(Throwable thrown) {
    Optional<DomainException> refused = Causes.find(thrown, DomainException.class);
    if (refused.isPresent()) {
      return refused.map(Problem::of);
    }
    Optional<Problem> busy = ofFaultTolerance(thrown);
    if (busy.isPresent()) {
      return busy;
    }
    Optional<Problem> database = ofDatabase(thrown);
    return database.isPresent()
        ? database
        : Causes.find(thrown, WebApplicationException.class).flatMap(Refusals::ofStatus);
  }

  private static Optional<Problem> ofFaultTolerance(Throwable thrown) {
    if (Causes.find(thrown, CircuitBreakerOpenException.class).isPresent()
        || Causes.find(thrown, TimeoutException.class).isPresent()) {
      return Optional.of(unavailable());
    }
    return Causes.find(thrown, BulkheadException.class)
        .map(
            full ->
                Problem.of(
                    ErrorCode.BUSY,
                    "More requests wait for the database than this node holds." + TRY_AGAIN));
  }

  private static Optional<Problem> ofDatabase(Throwable thrown) {
    if (Causes.find(thrown, OptimisticLockException.class).isPresent()) {
      return Optional.of(
          Problem.of(
              ErrorCode.CONFLICT,
              "Somebody else changed this at the same moment. Read it again and repeat the change."));
    }
    if (DatabaseGuard.commitIsUnknown(thrown)) {
      return Optional.of(
          Problem.of(
              ErrorCode.DATABASE_UNAVAILABLE,
              "The database went away while it stored the change, so it may be stored or not. Look for it before you repeat the request; with an Idempotency-Key you may just repeat it."));
    }
    Optional<DatabaseFailure> failure = Causes.find(thrown, DatabaseFailure.class);
    if (DatabaseGuard.isUnavailable(thrown)) {
      return Optional.of(unavailable());
    }
    return failure.flatMap(f -> ofConstraint(f.constraint()));
  }

  private static Optional<Problem> ofConstraint(String constraint) {
    if (constraint.isEmpty()) {
      return Optional.empty();
    }
    if (constraint.endsWith("_unique") || constraint.endsWith("_pk")) {
      return Optional.of(
          Problem.of(
              ErrorCode.CONFLICT, "There is one with the same identity already. Choose another."));
    }
    if (constraint.equals("jobs_transition_allowed")) {
      return Optional.of(
          Problem.of(
              ErrorCode.CONFLICT, "The job has gone on meanwhile. Read it again and decide anew."));
    }
    return Optional.empty();
  }

  private static Problem unavailable() {
    return Problem.of(
        ErrorCode.DATABASE_UNAVAILABLE, "The database does not answer at the moment." + TRY_AGAIN);
  }

  /** What JAX-RS refuses by itself. */
  private static Optional<Problem> ofStatus(WebApplicationException e) {
    return switch (e.getResponse().getStatus()) {
      case 400 -> Optional.of(Problem.of(ErrorCode.INVALID, "The request cannot be understood."));
      case 404 ->
          Optional.of(
              Problem.of(
                  ErrorCode.NOT_FOUND,
                  "There is no such path. /api/v1/openapi.yaml describes those that exist."));
      case 405 ->
          Optional.of(
              Problem.of(
                  ErrorCode.METHOD_NOT_ALLOWED,
                  "This path exists, but not for this method; Allow lists those that it has."));
      case 406 ->
          Optional.of(
              Problem.of(
                  ErrorCode.NOT_ACCEPTABLE,
                  "What the Accept header asks for does not exist here. Ask for application/json."));
      case 415 ->
          Optional.of(
              Problem.of(
                  ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                  "The Content-Type of the body is not one that is read here. Send application/json."));
      default -> Optional.empty();
    };
  }
}
