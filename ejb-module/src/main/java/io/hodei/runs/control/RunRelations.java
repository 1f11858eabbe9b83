package io.hodei.runs.control;

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
import org.jspecify.annotations.Nullable;

/** What runs have to do with their jobs, their children, and other runs of their pipeline. */
@Dependent
public class RunRelations {
  private static final int MOST_LASTING = 10_000;

  private final StepAccounts accounts;
  private final RunSignals signals;

  @Inject
  public RunRelations(StepAccounts accounts, RunSignals signals) {
    this.accounts = accounts;
    this.signals = signals;
  }

  public long[] tasksToCancel(Database database, long tenant, long run, int limit) {
    return of(database, ControlSql.TASKS_TO_CANCEL, tenant, run)
        .set("limit", limit)
        .list(row -> row.number("job_id"))
        .stream()
        .mapToLong(Long::longValue)
        .toArray();
  }

  public long[] childrenToCancel(Database database, long tenant, long run) {
    return ids(of(database, ControlSql.CHILDREN_TO_CANCEL, tenant, run));
  }

  public long[] orphanedJobs(Database database, long tenant, long run, int limit) {
    return ids(of(database, ControlSql.ORPHANED_JOBS, tenant, run).set("limit", limit));
  }

  public long[] orphanedRuns(Database database, long tenant, long run) {
    return ids(of(database, ControlSql.ORPHANED_RUNS, tenant, run));
  }

  /** Lets queued runs of a pipeline begin; those that make place for themselves do so first. */
  public void admit(Database database, long tenant, long pipeline) {
    ofPipeline(database, StartSql.LOCK_NUMBER, tenant, pipeline).list(row -> true);
    Optional<Waiting> waiting =
        ofPipeline(database, StartSql.LIMIT, tenant, pipeline)
            .first(row -> new Waiting(row.integer("run_limit"), row.flag("cancel_oldest")));
    if (waiting.isEmpty()) {
      return;
    }
    int limit = waiting.get().limit();
    long active =
        ofPipeline(database, StartSql.ACTIVE, tenant, pipeline).one(row -> row.number("active"));
    List<Errand> errands = new ArrayList<>();
    if (waiting.get().cancelOldest()) {
      List<Long> lasting =
          ofPipeline(database, StartSql.LASTING, tenant, pipeline)
              .set("limit", MOST_LASTING)
              .list(row -> row.number("id"));
      lasting.stream()
          .limit(Math.max(0, lasting.size() - limit))
          .forEach(run -> errands.add(new Errand(What.SUPERSEDE, tenant, run)));
    }
    // With no limit now, everything that waited for one begins.
    long places = limit == 0 ? MOST_LASTING : limit - active;
    if (places > 0 && errands.isEmpty()) {
      ofPipeline(database, StartSql.ADMIT, tenant, pipeline)
          .set("limit", places)
          .list(row -> errands.add(new Errand(What.ADVANCE, tenant, row.number("id"))));
    }
    signals.touched(errands);
  }

  /** Ends the step that waits for a run which has ended, if there is one. */
  public void tellParent(Database database, long tenant, long child) {
    Optional<Long> parent =
        of(database, ControlSql.PARENT, tenant, child).first(row -> row.number("parent_run_id"));
    if (parent.isEmpty()) {
      return;
    }
    accounts.lock(database, parent.get());
    List<StepAccounts.End> ends =
        of(database, ControlSql.END_OF_CHILD, tenant, child)
            .list(
                row ->
                    new StepAccounts.End(
                        new StepKey(row.integer("step"), row.integer("instance")),
                        stateOf(RunState.valueOf(row.text("state"))),
                        sentence(
                            RunState.valueOf(row.text("state")),
                            row.text("pipeline"),
                            row.integer("number")),
                        row.textOrNull("outputs")));
    accounts.end(database, parent.get(), ends);
    database.sql(ControlSql.TOLD).set("run", child).update();
    signals.touched(What.ADVANCE, tenant, parent.get());
  }

  private static @Nullable String sentence(RunState state, String pipeline, int number) {
    return state == RunState.SUCCEEDED
        ? null
        : "Run %d of %s ended as %s.".formatted(number, pipeline, state);
  }

  private static StepState stateOf(RunState state) {
    return switch (state) {
      case SUCCEEDED -> StepState.SUCCEEDED;
      case CANCELLED -> StepState.CANCELLED;
      default -> StepState.FAILED;
    };
  }

  private record Waiting(int limit, boolean cancelOldest) {}

  private static Database.Query of(Database database, String sql, long tenant, long run) {
    return database.sql(sql).set("tenant", tenant).set("run", run);
  }

  private static Database.Query ofPipeline(
      Database database, String sql, long tenant, long pipeline) {
    return database.sql(sql).set("tenant", tenant).set("pipeline", pipeline);
  }

  private static long[] ids(Database.Query query) {
    return query.list(row -> row.number("id")).stream().mapToLong(Long::longValue).toArray();
  }
}
