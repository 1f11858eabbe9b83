package io.hodei.runs.boundary;

import io.hodei.json.Json;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.TenantDatabase;
import io.hodei.runs.control.Decisions;
import io.hodei.runs.control.RunChanging;
import io.hodei.runs.control.RunReader;
import io.hodei.runs.entity.Run;
import io.hodei.runs.entity.StepKey;
import io.hodei.runs.entity.StepState;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * Changes runs on behalf of people and programs. Asking twice for the same changes nothing more.
 * Each answers the run as it is then.
 */
@Stateless
public class RunControl {
  private final TenantDatabase databases;
  private final RunReader reader;
  private final RunChanging changing;
  private final Decisions decisions;

  @Inject
  public RunControl(
      TenantDatabase databases, RunReader reader, RunChanging changing, Decisions decisions) {
    this.databases = databases;
    this.reader = reader;
    this.changing = changing;
    this.decisions = decisions;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected RunControl() {
    this(null, null, null, null);
  }

  /**
   * Asks for the end of a run: what has not begun is CANCELLED, what runs is asked to end, then
   * come the steps of {@code finally}; asked again during those, they are cancelled too. An ended
   * run stays as it is.
   */
  public Run cancel(Caller caller, long id, @Nullable String reason) {
    Database database = databases.in(caller.tenantId());
    changing.cancel(
        database,
        caller.tenantId(),
        id,
        reason == null || reason.isBlank() ? "cancelled by " + caller.name() : reason);
    return reader.get(database, caller.tenantId(), id);
  }

  /**
   * No new step begins; what runs ends.
   *
   * @throws DomainException NOT_FOUND, CONFLICT when it does not run
   */
  public Run pause(Caller caller, long id, @Nullable String reason) {
    Database database = databases.in(caller.tenantId());
    changing.pause(database, caller.tenantId(), id, reason);
    return reader.get(database, caller.tenantId(), id);
  }

  /**
   * Steps begin again.
   *
   * @throws DomainException NOT_FOUND, CONFLICT when it is not paused
   */
  public Run resume(Caller caller, long id) {
    Database database = databases.in(caller.tenantId());
    changing.resume(database, caller.tenantId(), id);
    return reader.get(database, caller.tenantId(), id);
  }

  /**
   * Ends a step as SKIPPED, whatever it was doing; its job is asked to end.
   *
   * @throws DomainException NOT_FOUND, CONFLICT when the step or the run has ended
   */
  public Run skip(Caller caller, long id, String step, @Nullable String reason) {
    return end(caller, id, step, StepState.SKIPPED, because("skipped", caller, reason), null);
  }

  /**
   * Ends a step as SUCCEEDED, whatever it was doing; its job is asked to end.
   *
   * @param outputs what later steps see; null: nothing
   * @throws DomainException NOT_FOUND, CONFLICT when the step or the run has ended
   */
  public Run succeed(
      Caller caller, long id, String step, @Nullable String reason, @Nullable Json outputs) {
    return end(caller, id, step, StepState.SUCCEEDED, because("marked", caller, reason), outputs);
  }

  /**
   * Says yes to a step that waits for approval; with enough of them it goes on.
   *
   * @throws DomainException NOT_FOUND, FORBIDDEN when others are asked, CONFLICT when it does not
   *     wait
   */
  public Run approve(Caller caller, long id, String step) {
    Database database = databases.in(caller.tenantId());
    decisions.approve(database, caller, id, reader.key(database, caller.tenantId(), id, step));
    return reader.get(database, caller.tenantId(), id);
  }

  /**
   * Says no to a step that waits for approval; it fails.
   *
   * @throws DomainException NOT_FOUND, FORBIDDEN when others are asked, CONFLICT when it does not
   *     wait
   */
  public Run reject(Caller caller, long id, String step, @Nullable String reason) {
    Database database = databases.in(caller.tenantId());
    decisions.reject(
        database, caller, id, reader.key(database, caller.tenantId(), id, step), reason);
    return reader.get(database, caller.tenantId(), id);
  }

  /**
   * Sends a signal: steps that wait for it succeed with its payload, and so do those that will wait
   * for it. The newest payload of a name counts.
   *
   * @throws DomainException NOT_FOUND, CONFLICT when the run has ended
   */
  public Run signal(Caller caller, long id, String name, Json payload) {
    Database database = databases.in(caller.tenantId());
    decisions.signal(database, caller.tenantId(), id, name, payload);
    return reader.get(database, caller.tenantId(), id);
  }

  private Run end(
      Caller caller, long id, String step, StepState state, String reason, @Nullable Json outputs) {
    Database database = databases.in(caller.tenantId());
    StepKey key = reader.key(database, caller.tenantId(), id, step);
    if (key.instance() > 0) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "%s is one of the instances of a step; only the step as a whole can be ended."
              .formatted(step));
    }
    changing.endStep(database, caller.tenantId(), id, key, state, reason, outputs);
    return reader.get(database, caller.tenantId(), id);
  }

  private static String because(String verb, Caller caller, @Nullable String reason) {
    return "%s by %s%s"
        .formatted(verb, caller.name(), reason == null || reason.isBlank() ? "" : ": " + reason);
  }
}
