package io.hodei.runs.control;

import io.hodei.json.Json;
import io.hodei.pipelines.entity.StepValue;
import io.hodei.platform.Database;
import io.hodei.runs.entity.StepKey;
import jakarta.enterprise.context.Dependent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the statements by which a run goes on. */
@Dependent
public class RunRows {
  /** The run, locked; empty when it has ended, waits, or another transaction holds it. */
  Optional<HeldRun> take(Database database, long tenant, long run) {
    database.sql(AdvanceSql.START_FROM_IDS).execute();
    return database.sql(AdvanceSql.TAKE).set("tenant", tenant).set("run", run).first(HeldRun::read);
  }

  /** The run, locked as soon as nobody else holds it. */
  Optional<HeldRun> lock(Database database, long tenant, long run) {
    return database.sql(AdvanceSql.LOCK).set("tenant", tenant).set("run", run).first(HeldRun::read);
  }

  HeldRun again(Database database, long run) {
    return database.sql(AdvanceSql.AGAIN).set("run", run).one(HeldRun::read);
  }

  List<ReadyStep> ready(Database database, long run, int limit) {
    return database.sql(AdvanceSql.READY).set("run", run).set("limit", limit).list(ReadyStep::read);
  }

  /** What expressions see of these steps, by their ids. */
  Map<String, StepValue> values(Database database, long run, Collection<Integer> steps) {
    Map<String, StepValue> values = new HashMap<>();
    if (!steps.isEmpty()) {
      database
          .sql(AdvanceSql.VALUES)
          .set("run", run)
          .set("steps", numbers(steps))
          .list(
              row ->
                  values.put(
                      row.text("name"),
                      new StepValue(row.text("state"), JsonText.read(row.textOrNull("outputs")))));
    }
    return values;
  }

  Map<String, Json> signals(Database database, long run) {
    Map<String, Json> signals = new HashMap<>();
    database
        .sql(AdvanceSql.SIGNALS)
        .set("run", run)
        .list(row -> signals.put(row.text("name"), JsonText.read(row.text("payload"))));
    return signals;
  }

  /** What is held although its time is up. */
  List<StepKey> due(Database database, long run) {
    return database
        .sql(AccountSql.DUE)
        .set("run", run)
        .list(row -> new StepKey(row.integer("step"), row.integer("instance")));
  }

  /** Steps of a kind that are held. */
  List<StepKey> held(Database database, HeldRun run, String kind) {
    return database
        .sql(ControlSql.HELD)
        .set("tenant", run.tenantId())
        .set("run", run.id())
        .set("kind", kind)
        .list(row -> new StepKey(row.integer("step"), row.integer("instance")));
  }

  void begun(Database database, long run, List<StepKey> keys, long[] jobs, long[] children) {
    if (!keys.isEmpty()) {
      database
          .sql(AdvanceSql.BEGUN)
          .set("run", run)
          .set("steps", keys.stream().mapToInt(StepKey::step).toArray())
          .set("instances", keys.stream().mapToInt(StepKey::instance).toArray())
          .set("jobs", jobs)
          .set("children", children)
          .update();
    }
  }

  void hold(Database database, long run, List<StepKey> keys, long[] delays, boolean[] events) {
    if (!keys.isEmpty()) {
      database
          .sql(AdvanceSql.HOLD)
          .set("run", run)
          .set("steps", keys.stream().mapToInt(StepKey::step).toArray())
          .set("instances", keys.stream().mapToInt(StepKey::instance).toArray())
          .set("delays", delays)
          .set("events", events)
          .update();
    }
  }

  void expand(Database database, long run, int step, Outcome.Expand into) {
    database
        .sql(AdvanceSql.EXPAND)
        .set("run", run)
        .set("step", step)
        .set("count", into.items().size())
        .set("begun", into.atOnce())
        .update();
    database
        .sql(AdvanceSql.INSTANCES)
        .set("run", run)
        .set("step", step)
        .set("begun", into.atOnce())
        .set("items", into.items().toArray(String[]::new))
        .update();
  }

  void stopped(Database database, long run) {
    database.sql(AdvanceSql.STOPPED).set("run", run).update();
  }

  void enter(Database database, long run, int phase) {
    database.sql(AdvanceSql.ENTER).set("run", run).set("phase", phase).update();
  }

  /** Says whether there is something left to advance. */
  void leave(Database database, long run, boolean pending) {
    database.sql(AdvanceSql.LEAVE).set("run", run).set("pending", pending).update();
  }

  private static int[] numbers(Collection<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
