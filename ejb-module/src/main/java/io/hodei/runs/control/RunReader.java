package io.hodei.runs.control;

import io.hodei.pipelines.entity.Step;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Id;
import io.hodei.platform.Nearest;
import io.hodei.platform.Row;
import io.hodei.runs.entity.Run;
import io.hodei.runs.entity.RunFilter;
import io.hodei.runs.entity.RunState;
import io.hodei.runs.entity.RunStep;
import io.hodei.runs.entity.StepKey;
import io.hodei.runs.entity.StepState;
import jakarta.enterprise.context.Dependent;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the reading statements on a tenant's database. */
@Dependent
public class RunReader {
  private static final Pattern TITLE = Pattern.compile("(.{1,200}?)(?:\\[(\\d{1,6})])?");

  /**
   * One run.
   *
   * @throws DomainException NOT_FOUND
   */
  public Run get(Database database, long tenant, long run) {
    return database
        .sql(LookupSql.RUN)
        .set("tenant", tenant)
        .set("run", run)
        .first(RunReader::run)
        .orElseThrow(() -> DomainException.notFound("run", Id.format(run)));
  }

  /** A page and one more, newest first. */
  public List<Run> list(Database database, long tenant, RunFilter filter, long before, int limit) {
    return LookupSql.bind(database.sql(LookupSql.list(filter, before)), filter, before)
        .set("tenant", tenant)
        .set("limit", limit)
        .list(RunReader::run);
  }

  /** Steps and instances in their order. */
  public List<RunStep> steps(
      Database database, long tenant, long run, Set<StepState> states, StepKey after, int limit) {
    return database
        .sql(LookupSql.STEPS)
        .set("tenant", tenant)
        .set("run", run)
        .set("states", states.stream().map(StepState::name).toArray(String[]::new))
        .set("step", after.step())
        .set("instance", after.instance())
        .set("limit", limit)
        .list(RunReader::step);
  }

  /**
   * The step that people name by its id or {@code id[instance]}.
   *
   * @throws DomainException NOT_FOUND
   */
  public StepKey key(Database database, long tenant, long run, String title) {
    Matcher matcher = TITLE.matcher(title);
    if (!matcher.matches()) {
      throw unknown(database, tenant, run, title, title);
    }
    int instance = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    return database
        .sql(LookupSql.POSITION)
        .set("tenant", tenant)
        .set("run", run)
        .set("name", matcher.group(1))
        .first(row -> new StepKey(row.integer("step"), instance))
        .orElseThrow(() -> unknown(database, tenant, run, title, matcher.group(1)));
  }

  private static DomainException unknown(
      Database database, long tenant, long run, String title, String name) {
    List<String> names =
        database
            .sql(LookupSql.NAMES)
            .set("tenant", tenant)
            .set("run", run)
            .list(row -> row.text("name"));
    if (names.isEmpty()) {
      return DomainException.notFound("run", Id.format(run));
    }
    String hint = Nearest.hint(name, names);
    return new DomainException(
        ErrorCode.NOT_FOUND,
        "There is no step %s in this run%s /api/v1/runs/%s/steps lists those there are."
            .formatted(
                title.length() > 80 ? title.substring(0, 80) + "…" : title,
                hint.isEmpty() ? "." : hint,
                Id.format(run)));
  }

  private static Run run(Row row) throws SQLException {
    return new Run(
        row.number("id"),
        row.number("tenant_id"),
        row.number("pipeline_id"),
        row.text("pipeline"),
        row.number("version_id"),
        row.integer("version"),
        row.integer("number"),
        RunState.valueOf(row.text("state")),
        Step.Phase.values()[row.integer("phase")],
        row.text("parameters"),
        row.integer("steps"),
        row.integer("ended"),
        row.flag("failed"),
        row.numberOrNull("parent_run_id"),
        row.textOrNull("parent_step_name"),
        row.numberOrNull("rerun_of"),
        row.instant("created_at"),
        row.text("creator"),
        row.instantOrNull("started_at"),
        row.instantOrNull("deadline_at"),
        row.instantOrNull("completed_at"),
        row.textOrNull("reason"),
        row.integer("revision"));
  }

  static RunStep step(Row row) throws SQLException {
    return new RunStep(
        row.integer("step"),
        row.integer("instance"),
        row.text("name"),
        Step.Phase.values()[row.integer("phase")],
        row.text("kind"),
        StepState.valueOf(row.text("state")),
        row.flag("allow_failure"),
        row.textOrNull("item"),
        row.numberOrNull("job_id"),
        row.numberOrNull("child_run_id"),
        row.numberOrNull("kept_from"),
        row.textOrNull("outputs"),
        row.instantOrNull("due_at"),
        row.textOrNull("reason"),
        row.instantOrNull("ready_at"),
        row.instantOrNull("started_at"),
        row.instantOrNull("ended_at"));
  }
}
