package io.hodei.runs.control;

import io.hodei.events.CloudEvent;
import io.hodei.events.OutboxRow;
import io.hodei.json.Json;
import io.hodei.pipelines.entity.Scope;
import io.hodei.pipelines.entity.StepValue;
import io.hodei.pipelines.entity.Work;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.Row;
import io.hodei.runs.entity.RunsTouched.Errand;
import io.hodei.runs.entity.RunsTouched.What;
import io.hodei.runs.entity.StepKey;
import io.hodei.runs.entity.StepState;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lets steps go on that wait for an event. Each remembers up to where it has read the events of its
 * tenant, so none is missed whatever dies, and whoever looks next goes on from there.
 */
@Dependent
public class EventWaits {
  private static final int MOST_ROWS = 200;
  private static final String TYPE_PREFIX = "io.hodei.";

  private final StepAccounts accounts;
  private final RunRows rows;
  private final Versions versions;
  private final RunSignals signals;

  @Inject
  public EventWaits(StepAccounts accounts, RunRows rows, Versions versions, RunSignals signals) {
    this.accounts = accounts;
    this.rows = rows;
    this.versions = versions;
    this.signals = signals;
  }

  /** A step that waits, and the place it has read to. */
  private record Wait(long run, StepKey key, long position) {
    static Wait read(Row row) throws SQLException {
      return new Wait(
          row.number("run_id"),
          new StepKey(row.integer("step"), row.integer("instance")),
          row.number("event_position"));
    }
  }

  /** An event with its topic and the position of its row. */
  private record Heard(long position, String topic, Json json) {}

  /** Shows the steps of a tenant what has happened since they last looked. */
  public void listen(Database database, long tenant) {
    List<Wait> waits = waits(database, tenant);
    if (waits.isEmpty() || events(database, tenant, waits).isEmpty()) {
      return;
    }
    accounts.lock(database, waits.stream().mapToLong(Wait::run).distinct().sorted().toArray());
    Map<Long, List<Wait>> byRun = new LinkedHashMap<>();
    List<Wait> now = waits(database, tenant);
    now.removeIf(wait -> waits.stream().noneMatch(before -> before.run() == wait.run()));
    now.forEach(wait -> byRun.computeIfAbsent(wait.run(), run -> new ArrayList<>()).add(wait));
    List<Heard> heard = now.isEmpty() ? List.of() : events(database, tenant, now);
    List<Errand> errands = new ArrayList<>();
    if (!heard.isEmpty()) {
      byRun.forEach(
          (run, ofRun) -> {
            if (show(database, rows.again(database, run), ofRun, heard)) {
              errands.add(new Errand(What.ADVANCE, tenant, run));
            }
          });
    }
    signals.touched(errands);
  }

  private static List<Wait> waits(Database database, long tenant) {
    return database.sql(EventSql.WAITS).set("tenant", tenant).list(Wait::read);
  }

  private static List<Heard> events(Database database, long tenant, List<Wait> waits) {
    List<Heard> heard = new ArrayList<>();
    database
        .sql(EventSql.EVENTS)
        .set("tenant", tenant)
        .set("position", waits.stream().mapToLong(Wait::position).min().orElse(0))
        .set("limit", MOST_ROWS)
        .list(EventWaits::row)
        .forEach(
            row -> {
              for (CloudEvent event : row.events()) {
                heard.add(
                    new Heard(row.position(), row.topic(), JsonText.read(event.json().toString())));
              }
            });
    return heard;
  }

  private static OutboxRow row(Row row) throws SQLException {
    return new OutboxRow(
        row.number("position"),
        row.number("tenant_id"),
        row.text("topic"),
        row.instant("created_at"),
        row.text("items"));
  }

  /** Answers whether a step of the run has ended. */
  private boolean show(Database database, HeldRun run, List<Wait> waits, List<Heard> heard) {
    RunnableVersion version = versions.of(database, run);
    List<StepAccounts.End> ends = new ArrayList<>();
    List<StepKey> waiting = new ArrayList<>();
    for (Wait wait : waits) {
      StepAccounts.End end = end(database, run, version, wait, heard);
      if (end == null) {
        waiting.add(wait.key());
      } else {
        ends.add(end);
      }
    }
    database
        .sql(EventSql.SEEN)
        .set("run", run.id())
        .set("steps", waiting.stream().mapToInt(StepKey::step).toArray())
        .set("instances", waiting.stream().mapToInt(StepKey::instance).toArray())
        .set("position", heard.getLast().position())
        .update();
    return accounts.end(database, run.id(), ends) > 0;
  }

  private StepAccounts.@Nullable End end(
      Database database, HeldRun run, RunnableVersion version, Wait wait, List<Heard> heard) {
    if (!(version.step(wait.key().step()).work() instanceof Work.OfEvent wanted)) {
      return null;
    }
    Map<String, StepValue> values = Map.of();
    boolean loaded = false;
    for (Heard event : heard) {
      boolean fits =
          event.position() > wait.position()
              && (wanted.type().equals(event.topic())
                  || wanted.type().equals(TYPE_PREFIX + event.topic()));
      if (!fits) {
        continue;
      }
      if (!loaded) {
        Set<Integer> used = new TreeSet<>();
        for (int step : version.compiled().uses(wait.key().step())) {
          used.add(step);
        }
        values = rows.values(database, run.id(), used);
        loaded = true;
      }
      Scope scope =
          new Scope(
              JsonText.members(run.parameters()),
              values,
              StepBeginning.self(run),
              null,
              Map.of(),
              event.json());
      try {
        if (version.compiled().matches(wait.key().step(), scope)) {
          return new StepAccounts.End(
              wait.key(), StepState.SUCCEEDED, null, JsonText.of(event.json()));
        }
      } catch (DomainException e) {
        return new StepAccounts.End(wait.key(), StepState.FAILED, e.getMessage(), null);
      }
    }
    return null;
  }
}
