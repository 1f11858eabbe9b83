package io.hodei.runs.control;

import io.hodei.json.Json;
import io.hodei.parameters.ParameterValues;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Id;
import io.hodei.runs.entity.NewRun;
import io.hodei.runs.entity.Rerun;
import io.hodei.runs.entity.Run;
import io.hodei.runs.entity.StepState;
import io.hodei.security.Caller;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;

/** Makes runs for people and programs: new ones, and those that repeat others. */
@Dependent
public class Reruns {
  private final Versions versions;
  private final RunStarting starting;

  @Inject
  public Reruns(Versions versions, RunStarting starting) {
    this.versions = versions;
    this.starting = starting;
  }

  /** Answers the id of the new run. */
  public long start(Database database, Caller caller, NewRun run) {
    RunnableVersion version =
        versions.named(database, caller.tenantId(), run.pipeline(), run.version());
    return starting.start(
        database,
        caller,
        version,
        ParameterValues.complete(version.pipeline().parameters(), run.parameters()),
        FirstStates.of(version),
        RunStarting.Origin.NONE);
  }

  /** Refuses what {@link #start} would refuse, but for what is full. */
  public void check(Database database, long tenant, NewRun run) {
    RunnableVersion version = versions.named(database, tenant, run.pipeline(), run.version());
    ParameterValues.complete(version.pipeline().parameters(), run.parameters());
  }

  /** Answers the id of the new run. */
  public long rerun(Database database, Caller caller, Run before, Rerun how) {
    if (!before.state().isTerminal()) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "Run %s is %s; only an ended run can be run again. Wait for its end, or cancel it first."
              .formatted(Id.format(before.id()), before.state()));
    }
    RunnableVersion version =
        how.newest()
            ? versions.named(database, caller.tenantId(), before.pipeline(), null)
            : how.version() == null
                ? versions.of(database, before)
                : versions.named(database, caller.tenantId(), before.pipeline(), how.version());
    Map<String, FirstStates.Before> steps = new HashMap<>();
    database
        .sql(LookupSql.STATES)
        .set("tenant", caller.tenantId())
        .set("run", before.id())
        .list(
            row ->
                steps.put(
                    row.text("name"),
                    new FirstStates.Before(
                        row.integer("step"), StepState.valueOf(row.text("state")))));
    return starting.start(
        database,
        caller,
        version,
        ParameterValues.complete(version.pipeline().parameters(), parameters(version, before)),
        FirstStates.of(version, how, steps),
        RunStarting.Origin.rerun(before.id()));
  }

  /** Values for what the version does not know any more are left out. */
  private static Map<String, Json> parameters(RunnableVersion version, Run before) {
    Map<String, Json> values = new HashMap<>(JsonText.members(before.parameters()));
    values
        .keySet()
        .removeIf(
            name ->
                version.pipeline().parameters().stream()
                    .noneMatch(parameter -> parameter.name().equals(name)));
    return values;
  }
}
