package io.hodei.runs.control;

import io.hodei.json.Json;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Id;
import io.hodei.runs.entity.RunState;
import io.hodei.runs.entity.RunsTouched.Errand;
import io.hodei.runs.entity.RunsTouched.What;
import io.hodei.runs.entity.StepKey;
import io.hodei.runs.entity.StepState;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes runs and steps on request, under the lock of the run. It touches no job: those whose end
 * is to come are asked by another transaction, because locks of jobs come before locks of runs.
 */
@Dependent
public class RunChanging {
  private static final int LARGEST = 64 << 10;

  private final RunRows rows;
  private final StepAccounts accounts;
  private final RunSignals signals;

  @Inject
  public RunChanging(RunRows rows, StepAccounts accounts, RunSignals signals) {
    this.rows = rows;
    this.accounts = accounts;
    this.signals = signals;
  }

  /** Locks the run; it must be there. */
  HeldRun lock(Database database, long tenant, long run) {
    return rows.lock(database, tenant, run)
        .orElseThrow(() -> DomainException.notFound("run", Id.format(run)));
  }

  /** Asks for the end of a run; an ended one stays as it is. */
  public void cancel(Database database, long tenant, long id, String reason) {
    HeldRun run = lock(database, tenant, id);
    switch (run.state()) {
      case QUEUED -> {
        accounts.endNotBegun(database, id, 0, 2, StepState.CANCELLED, "The run was cancelled.");
        database.sql(ControlSql.CANCEL_QUEUED).set("run", id).set("reason", reason).update();
        signals.touched(What.TELL_PARENT, tenant, id);
      }
      case RUNNING, PAUSED -> move(database, run, RunState.CANCELLING, "run.cancelling", reason);
      case CANCELLING -> {
        if (run.cancelPhase() < run.phase()) {
          move(database, run, RunState.CANCELLING, "run.cancelling", reason);
        }
      }
      case SUCCEEDED, FAILED, CANCELLED -> {}
    }
  }

  /** No new step begins. A paused run stays as it is. */
  public void pause(Database database, long tenant, long id, @Nullable String reason) {
    HeldRun run = lock(database, tenant, id);
    if (run.state() == RunState.RUNNING) {
      move(database, run, RunState.PAUSED, "run.paused", reason);
    } else if (run.state() != RunState.PAUSED) {
      throw refused(run, "paused", "Only a running run can be paused.");
    }
  }

  /** Steps begin again. A running run stays as it is. */
  public void resume(Database database, long tenant, long id) {
    HeldRun run = lock(database, tenant, id);
    if (run.state() == RunState.PAUSED) {
      move(database, run, RunState.RUNNING, "run.resumed", null);
    } else if (run.state() != RunState.RUNNING) {
      throw refused(run, "resumed", "Only a paused run can be resumed.");
    }
  }

  /**
   * Ends a step that has not ended, whatever it was doing. A step that ended so already stays as it
   * is.
   */
  public void endStep(
      Database database,
      long tenant,
      long id,
      StepKey key,
      StepState state,
      @Nullable String reason,
      @Nullable Json outputs) {
    String text = outputs == null ? null : JsonText.of(outputs);
    if (text != null && text.length() > LARGEST) {
      throw DomainException.invalid("/outputs", "are larger than %d characters".formatted(LARGEST));
    }
    HeldRun run = active(database, tenant, id, "changed");
    Found step = step(database, tenant, id, key);
    if (step.state() == state) {
      return;
    }
    if (step.state().isTerminal()) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "Step %s is %s already. Rerun the run from it instead."
              .formatted(step.name(), step.state()));
    }
    if (accounts.end(database, run.id(), List.of(new StepAccounts.End(key, state, reason, text)))
        > 0) {
      accounts.endInstances(database, run.id(), key.step());
    }
    signals.touched(
        List.of(new Errand(What.ADVANCE, tenant, id), new Errand(What.CANCEL_ORPHANS, tenant, id)));
  }

  /** The run, locked, when it has not ended. */
  HeldRun active(Database database, long tenant, long id, String verb) {
    HeldRun run = lock(database, tenant, id);
    if (run.state().isTerminal()) {
      throw refused(run, verb, "It has ended; rerun it instead.");
    }
    return run;
  }

  /** A step as it is now. */
  record Found(String name, String kind, StepState state) {}

  Found step(Database database, long tenant, long run, StepKey key) {
    return database
        .sql(ControlSql.STEP)
        .set("tenant", tenant)
        .set("run", run)
        .set("step", key.step())
        .set("instance", key.instance())
        .first(
            row ->
                new Found(row.text("name"), row.text("kind"), StepState.valueOf(row.text("state"))))
        .orElseThrow(
            () ->
                new DomainException(
                    ErrorCode.NOT_FOUND,
                    "This step has no instance %d in this run. /api/v1/runs/%s/steps lists those there are."
                        .formatted(key.instance(), Id.format(run))));
  }

  private void move(
      Database database, HeldRun run, RunState state, String topic, @Nullable String reason) {
    database
        .sql(ControlSql.MOVE)
        .set("run", run.id())
        .set("state", state.name())
        .set("topic", topic)
        .set("reason", reason)
        .update();
    signals.touched(What.ADVANCE, run.tenantId(), run.id());
  }

  private static DomainException refused(HeldRun run, String verb, String why) {
    return new DomainException(
        ErrorCode.CONFLICT,
        "Run %s is %s and cannot be %s. %s".formatted(Id.format(run.id()), run.state(), verb, why));
  }
}
