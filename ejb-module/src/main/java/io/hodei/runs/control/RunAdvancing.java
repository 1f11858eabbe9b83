package io.hodei.runs.control;

import io.hodei.pipelines.entity.Pipeline.FailurePolicy;
import io.hodei.pipelines.entity.Step;
import io.hodei.platform.Database;
import io.hodei.runs.entity.RunState;
import io.hodei.runs.entity.RunsTouched.Errand;
import io.hodei.runs.entity.RunsTouched.What;
import io.hodei.runs.entity.StepKey;
import io.hodei.runs.entity.StepState;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets a run go on, under its lock: begins what is ready, ends what time ends, goes from phase to
 * phase, and ends the run. The only place where steps begin, so what it has seen of a failure or a
 * cancel holds for all that begins after it.
 */
@Dependent
public class RunAdvancing {
  private static final int BATCH = 500;
  private static final int MOST_ROUNDS = 50;
  private static final int MOST_STEPS = 2_000;
  private static final int ON_FAILURE = Step.Phase.ON_FAILURE.ordinal();
  private static final int FINALLY = Step.Phase.FINALLY.ordinal();

  private final RunRows rows;
  private final StepAccounts accounts;
  private final StepBeginning beginning;
  private final Versions versions;
  private final RunSignals signals;

  @Inject
  public RunAdvancing(
      RunRows rows,
      StepAccounts accounts,
      StepBeginning beginning,
      Versions versions,
      RunSignals signals) {
    this.rows = rows;
    this.accounts = accounts;
    this.beginning = beginning;
    this.versions = versions;
    this.signals = signals;
  }

  /** Answers whether it stopped although there was more to do. */
  public boolean advance(Database database, long tenant, long id) {
    Optional<HeldRun> taken = rows.take(database, tenant, id);
    if (taken.isEmpty()) {
      return false;
    }
    RunnableVersion version = versions.of(database, taken.get());
    endDue(database, id, version);
    int begun = 0;
    for (int round = 0; round < MOST_ROUNDS && begun < MOST_STEPS; round++) {
      HeldRun run = rows.again(database, id);
      if (mustStop(run, version)) {
        stop(database, run);
        continue;
      }
      if (run.state() == RunState.PAUSED) {
        rows.leave(database, id, false);
        return false;
      }
      List<ReadyStep> ready = rows.ready(database, id, BATCH);
      if (!ready.isEmpty()) {
        beginning.begin(database, run, version, ready);
        begun += ready.size();
      } else if (run.open() > 0) {
        rows.leave(database, id, false);
        signals.touched(List.of());
        return false;
      } else if (!goOn(database, run, version)) {
        return false;
      }
    }
    rows.leave(database, id, true);
    signals.touched(What.ADVANCE, tenant, id);
    return true;
  }

  private static boolean mustStop(HeldRun run, RunnableVersion version) {
    if (run.stopped()) {
      return false;
    }
    boolean failed =
        run.failed()
            && run.phase() == 0
            && version.pipeline().failurePolicy() == FailurePolicy.STOP;
    return run.state() == RunState.CANCELLING || failed;
  }

  /** What had not begun ends. */
  private void stop(Database database, HeldRun run) {
    rows.stopped(database, run.id());
    if (run.state() == RunState.CANCELLING) {
      accounts.endNotBegun(
          database, run.id(), 0, run.cancelPhase(), StepState.CANCELLED, "The run was cancelled.");
      signals.touched(What.CANCEL_TASKS, run.tenantId(), run.id());
    } else {
      accounts.endNotBegun(
          database, run.id(), 0, 0, StepState.SKIPPED, "Another step of the run had failed.");
    }
  }

  /** Enters the next phase that has steps, or ends the run; answers whether it goes on. */
  private boolean goOn(Database database, HeldRun run, RunnableVersion version) {
    if (run.phase() < ON_FAILURE && version.has(Step.Phase.ON_FAILURE)) {
      if (run.failed() && run.state() != RunState.CANCELLING) {
        rows.enter(database, run.id(), ON_FAILURE);
        return true;
      }
      accounts.endNotBegun(
          database,
          run.id(),
          ON_FAILURE,
          ON_FAILURE,
          StepState.SKIPPED,
          run.failed() ? "The run was cancelled." : "Nothing had failed.");
    }
    if (run.phase() < FINALLY && version.has(Step.Phase.FINALLY)) {
      rows.enter(database, run.id(), FINALLY);
      return true;
    }
    finish(database, run);
    return false;
  }

  private void finish(Database database, HeldRun run) {
    RunState state =
        run.state() == RunState.CANCELLING
            ? RunState.CANCELLED
            : run.failed() ? RunState.FAILED : RunState.SUCCEEDED;
    List<Errand> errands = new ArrayList<>();
    database
        .sql(AdvanceSql.FINISH)
        .set("run", run.id())
        .set("state", state.name())
        .list(
            row -> {
              if (row.flag("tell_parent")) {
                errands.add(new Errand(What.TELL_PARENT, run.tenantId(), run.id()));
              }
              if (row.integer("run_limit") > 0) {
                errands.add(new Errand(What.ADMIT, run.tenantId(), run.pipelineId()));
              }
              return true;
            });
    signals.touched(errands);
  }

  private void endDue(Database database, long run, RunnableVersion version) {
    List<StepAccounts.End> ends = new ArrayList<>();
    for (StepKey key : rows.due(database, run)) {
      StepState state = StepPlan.onTimeout(version.step(key.step()).work());
      boolean timer = RunnableVersion.kind(version.step(key.step()).work()).equals("TIMER");
      ends.add(
          new StepAccounts.End(
              key, state, timer ? null : "What it waited for did not come in time.", null));
    }
    accounts.end(database, run, ends);
  }
}
