package io.hodei.runs.control;

import io.hodei.json.Json;
import io.hodei.pipelines.entity.Work;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.runs.entity.RunStep;
import io.hodei.runs.entity.RunsTouched.What;
import io.hodei.runs.entity.StepKey;
import io.hodei.runs.entity.StepState;
import io.hodei.security.Caller;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people and programs say to steps that wait for them. */
@Dependent
public class Decisions {
  private static final int LARGEST = 64 << 10;

  private final RunChanging changing;
  private final StepAccounts accounts;
  private final Versions versions;
  private final RunRows rows;
  private final RunSignals signals;

  @Inject
  public Decisions(
      RunChanging changing,
      StepAccounts accounts,
      Versions versions,
      RunRows rows,
      RunSignals signals) {
    this.changing = changing;
    this.accounts = accounts;
    this.versions = versions;
    this.rows = rows;
    this.signals = signals;
  }

  public void approve(Database database, Caller caller, long id, StepKey key) {
    HeldRun run = changing.active(database, caller.tenantId(), id, "approved");
    Work.Approval approval = approval(database, run, key);
    refuseStrangers(approval, caller);
    if (!waits(database, run, key, StepState.SUCCEEDED)) {
      return;
    }
    ofStep(database, ControlSql.APPROVE, run, key)
        .set("token", caller.tokenId())
        .set("approver", caller.name())
        .update();
    List<Json> approvers =
        ofStep(database, ControlSql.APPROVERS, run, key)
            .list(row -> new Json.Text(row.text("approver")));
    if (approvers.size() >= Math.max(1, approval.quorum())) {
      end(
          database,
          run,
          key,
          StepState.SUCCEEDED,
          null,
          JsonText.of("approvedBy", new Json.Arr(approvers)));
    }
  }

  public void reject(
      Database database, Caller caller, long id, StepKey key, @Nullable String reason) {
    HeldRun run = changing.active(database, caller.tenantId(), id, "rejected");
    refuseStrangers(approval(database, run, key), caller);
    if (waits(database, run, key, StepState.FAILED)) {
      String why = reason == null || reason.isBlank() ? "" : ": " + reason;
      end(database, run, key, StepState.FAILED, "rejected by " + caller.name() + why, null);
    }
  }

  public void signal(Database database, long tenant, long id, String name, Json payload) {
    HeldRun run = changing.active(database, tenant, id, "signalled");
    String text = JsonText.of(payload);
    if (text.length() > LARGEST) {
      throw DomainException.invalid("/payload", "is larger than %d characters".formatted(LARGEST));
    }
    database
        .sql(ControlSql.SIGNAL)
        .set("tenant", tenant)
        .set("run", id)
        .set("name", name)
        .set("payload", text)
        .update();
    RunnableVersion version = versions.of(database, run);
    List<StepAccounts.End> ends = new ArrayList<>();
    for (StepKey key : rows.held(database, run, "SIGNAL")) {
      if (version.step(key.step()).work() instanceof Work.Signal wanted
          && wanted.name().equals(name)) {
        ends.add(new StepAccounts.End(key, StepState.SUCCEEDED, null, text));
      }
    }
    accounts.end(database, id, ends);
    signals.touched(What.ADVANCE, tenant, id);
  }

  private Work.Approval approval(Database database, HeldRun run, StepKey key) {
    if (versions.of(database, run).step(key.step()).work() instanceof Work.Approval approval) {
      return approval;
    }
    throw new DomainException(
        ErrorCode.CONFLICT, "The step is no approval, so nobody can approve or reject it.");
  }

  private static void refuseStrangers(Work.Approval approval, Caller caller) {
    if (!approval.by().isEmpty() && !approval.by().contains(caller.name())) {
      throw new DomainException(
          ErrorCode.FORBIDDEN,
          "Only %s may decide this step, not %s."
              .formatted(String.join(", ", approval.by()), caller.name()));
    }
  }

  /** Whether it still waits; not when it has ended in the way that is wanted. */
  private boolean waits(Database database, HeldRun run, StepKey key, StepState wanted) {
    RunChanging.Found step = changing.step(database, run.tenantId(), run.id(), key);
    if (step.state() != StepState.HELD && step.state() != wanted) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "Step %s is %s; only a step that is HELD can be approved or rejected."
              .formatted(RunStep.title(step.name(), key.instance()), step.state()));
    }
    return step.state() == StepState.HELD;
  }

  private void end(
      Database database,
      HeldRun run,
      StepKey key,
      StepState state,
      @Nullable String reason,
      @Nullable String outputs) {
    accounts.end(database, run.id(), List.of(new StepAccounts.End(key, state, reason, outputs)));
    signals.touched(What.ADVANCE, run.tenantId(), run.id());
  }

  private static Database.Query ofStep(Database database, String sql, HeldRun run, StepKey key) {
    return database
        .sql(sql)
        .set("tenant", run.tenantId())
        .set("run", run.id())
        .set("step", key.step())
        .set("instance", key.instance());
  }
}
