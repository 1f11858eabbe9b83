package io.hodei.schedules.control;

import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonWriter;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Id;
import io.hodei.platform.Ids;
import io.hodei.platform.OutboxWritten;
import io.hodei.platform.Words;
import io.hodei.schedules.control.ScheduleRows.Change;
import io.hodei.schedules.entity.Schedule;
import io.hodei.schedules.entity.ScheduleDefinition;
import io.hodei.schedules.entity.ScheduleState;
import io.hodei.schedules.entity.SchedulesChanged;
import io.hodei.schedules.entity.Tick;
import io.hodei.schedules.entity.Timing;
import io.hodei.schedules.entity.Trigger;
import io.hodei.security.Caller;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of making and changing a schedule. */
@Dependent
public class ScheduleEdits {
  /** A schedule that fires more rarely is taken for a mistake. */
  private static final Duration RAREST = Duration.ofDays(4 * 366);

  private static final int MOST_LOOKED_AT = 10_000;

  private final ScheduleRows rows;
  private final CalendarRows calendars;
  private final FiringRows firings;
  private final Launch launch;
  private final Ids ids;
  private final Events events;

  @Inject
  public ScheduleEdits(
      ScheduleRows rows,
      CalendarRows calendars,
      FiringRows firings,
      Launch launch,
      Ids ids,
      Events events) {
    this.rows = rows;
    this.calendars = calendars;
    this.firings = firings;
    this.launch = launch;
    this.ids = ids;
    this.events = events;
  }

  /** What the rest of the node hears. */
  @Dependent
  public static class Events {
    private final Event<SchedulesChanged> changed;
    private final Event<OutboxWritten> outbox;

    @Inject
    public Events(Event<SchedulesChanged> changed, Event<OutboxWritten> outbox) {
      this.changed = changed;
      this.outbox = outbox;
    }

    void fire() {
      changed.fire(new SchedulesChanged());
      outbox.fire(new OutboxWritten());
    }
  }

  public static String name(JsonFields fields) {
    return ScheduleInput.name(fields);
  }

  /** Refuses what cannot be a name. */
  public static void checkName(String name) {
    if (!Words.isPool(name)) {
      throw DomainException.invalid(
          "/name",
          "must be 1 to 63 letters, digits, dots, hyphens or underscores, not begin with a mark");
    }
  }

  /** The schedule with this name, or else with this id. */
  public Schedule find(Database database, Caller caller, String idOrName) {
    long id = Id.parse(idOrName);
    return rows.byName(database, caller.tenantId(), idOrName)
        .or(() -> id < 0 ? Optional.empty() : rows.byId(database, caller.tenantId(), id))
        .orElseThrow(
            () ->
                DomainException.notFound(
                    "schedule",
                    idOrName.length() > 63 ? idOrName.substring(0, 63) + "…" : idOrName));
  }

  /**
   * The schedule, which nobody else changes until the transaction ends.
   *
   * @param version the one that the caller has seen; null: any
   */
  public Schedule locked(Database database, long id, Caller caller, @Nullable Integer version) {
    Schedule schedule =
        rows.lock(database, caller.tenantId(), id)
            .orElseThrow(() -> DomainException.notFound("schedule", Id.format(id)));
    if (version != null && version != schedule.version()) {
      throw new DomainException(
          ErrorCode.STALE,
          "Schedule %s has version %d now, not %d. Read it again and repeat the change."
              .formatted(schedule.name(), schedule.version(), version));
    }
    return schedule;
  }

  /** Makes it; empty when the name is taken. */
  public Optional<Schedule> insert(
      Database database, Caller caller, String name, JsonFields fields, FieldErrors errors) {
    Instant now = rows.now(database);
    ScheduleDefinition definition =
        ScheduleInput.read(fields, name, now.truncatedTo(ChronoUnit.SECONDS));
    errors.refuse();
    launch.check(database, caller.tenantId(), definition);
    long id = ids.next();
    Tick next = first(database, caller.tenantId(), id, definition, now);
    if (!rows.insert(database, caller.tenantId(), caller.tokenId(), id, name, definition, next)) {
      return Optional.empty();
    }
    Schedule made = rows.byId(database, caller.tenantId(), id).orElseThrow();
    return Optional.of(tell(database, made, "schedule.created", null));
  }

  public Schedule replace(
      Database database, Schedule before, JsonFields fields, FieldErrors errors) {
    Instant now = rows.now(database);
    ScheduleDefinition definition = ScheduleInput.read(fields, before.name(), anchor(before, now));
    errors.refuse();
    if (definition.equals(before.definition())) {
      return before;
    }
    launch.check(database, before.tenantId(), definition);
    Tick next = first(database, before.tenantId(), before.id(), definition, now);
    boolean paused = before.state() == ScheduleState.PAUSED;
    rows.change(
        database,
        before,
        new Change(
            definition,
            paused ? ScheduleState.PAUSED : ScheduleState.ACTIVE,
            paused ? null : next,
            before.reason(),
            before.failures()));
    return tell(database, before, "schedule.changed", null);
  }

  public Schedule paused(Database database, Schedule schedule, String reason) {
    rows.change(
        database,
        schedule,
        new Change(schedule.definition(), ScheduleState.PAUSED, null, reason, schedule.failures()));
    return tell(database, schedule, "schedule.paused", reason);
  }

  public Schedule resumed(Database database, Schedule schedule) {
    Tick next =
        first(
            database,
            schedule.tenantId(),
            schedule.id(),
            schedule.definition(),
            rows.now(database));
    rows.change(
        database, schedule, new Change(schedule.definition(), ScheduleState.ACTIVE, next, null, 0));
    return tell(database, schedule, "schedule.resumed", null);
  }

  /** Writes the event; answers the schedule as it is now, or was when it is gone. */
  public Schedule tell(
      Database database, Schedule schedule, String topic, @Nullable String reason) {
    firings.note(
        database,
        schedule.tenantId(),
        topic,
        new JsonWriter()
            .array()
            .object()
            .member("schedule", schedule.name())
            .member("reason", reason)
            .endObject()
            .endArray());
    events.fire();
    return rows.byId(database, schedule.tenantId(), schedule.id()).orElse(schedule);
  }

  /** What was said before with a patch merged into it. */
  public static Json merged(Schedule before, Json patch, FieldErrors errors) {
    if (!(patch instanceof Json.Obj object)) {
      errors.add("", "must be an object, not " + patch.kind());
      return patch;
    }
    return merge(ScheduleDocument.json(ScheduleDocument.text(before.definition())), object);
  }

  private static Json merge(@Nullable Json before, Json patch) {
    if (!(patch instanceof Json.Obj changes)) {
      return patch;
    }
    Map<String, Json> members = new LinkedHashMap<>();
    if (before instanceof Json.Obj object) {
      members.putAll(object.members());
    }
    changes
        .members()
        .forEach(
            (name, value) -> {
              if (value instanceof Json.Null) {
                members.remove(name);
              } else {
                members.put(name, merge(members.get(name), value));
              }
            });
    return new Json.Obj(members);
  }

  /** An interval that is put again as it was goes on in its steps. */
  private static Instant anchor(Schedule before, Instant now) {
    return switch (before.definition().timing().trigger()) {
      case Trigger.Interval interval -> interval.anchor();
      case Trigger.FixedDelay fixed -> fixed.first();
      default -> now.truncatedTo(ChronoUnit.SECONDS);
    };
  }

  /**
   * The first tick from now on.
   *
   * @throws DomainException INVALID when there is none in four years, or a calendar is unknown
   */
  private Tick first(
      Database database, long tenantId, long id, ScheduleDefinition definition, Instant now) {
    Timing timing = definition.timing();
    CalendarRows.Surroundings around = calendars.surroundings(database, tenantId, List.of(timing));
    FieldErrors errors = new FieldErrors();
    unknown(errors, around, timing.include(), "/calendars/include");
    unknown(errors, around, timing.exclude(), "/calendars/exclude");
    errors.refuse();
    Ticks ticks = around.ticks(id, timing);
    if (timing.trigger() instanceof Trigger.FixedDelay fixed) {
      Instant at = fixed.first().isAfter(now) ? fixed.first() : now;
      return ticks.at(at).orElseThrow(() -> never(timing));
    }
    Instant start = timing.start();
    Instant latest = (start != null && start.isAfter(now) ? start : now).plus(RAREST);
    Tick first = ticks.next(now).orElseThrow(() -> never(timing));
    Optional<Tick> tick = Optional.of(first);
    for (int i = 0; tick.isPresent() && !tick.get().at().isAfter(latest); i++) {
      boolean fires = tick.get().fires() || tick.get().flags().contains(Tick.Flag.FREEZE);
      if (fires || i >= MOST_LOOKED_AT) {
        return first;
      }
      tick = ticks.next(tick.get().at());
    }
    throw never(timing);
  }

  private static void unknown(
      FieldErrors errors, CalendarRows.Surroundings around, List<String> names, String pointer) {
    for (int i = 0; i < names.size(); i++) {
      if (!around.calendars().containsKey(names.get(i))) {
        errors.add(
            pointer + "/" + i,
            "there is no calendar %s in this tenant; make it with PUT /calendars/%s"
                .formatted(names.get(i), names.get(i)));
      }
    }
  }

  private static DomainException never(Timing timing) {
    String member =
        switch (timing.trigger()) {
          case Trigger.Cron cron -> "/cron";
          case Trigger.Interval interval -> "/every";
          case Trigger.FixedDelay fixed -> "/delay";
          case Trigger.Once once -> "/at";
        };
    return DomainException.invalid(
        member,
        "has no tick in the next four years; look at the days, at start and end, and at the calendars");
  }
}
