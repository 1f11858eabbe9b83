package io.hodei.schedules.control;

import io.hodei.jobs.boundary.JobControl;
import io.hodei.jobs.boundary.JobSubmission;
import io.hodei.jobs.control.EndedTasks;
import io.hodei.jobs.control.JobChanges;
import io.hodei.jobs.control.JobEditing;
import io.hodei.jobs.control.JobReader;
import io.hodei.jobs.control.JobRows;
import io.hodei.jobs.control.SharedContent;
import io.hodei.json.Json;
import io.hodei.platform.Database;
import io.hodei.platform.Ids;
import io.hodei.schedules.boundary.BackfillControl;
import io.hodei.schedules.boundary.CalendarControl;
import io.hodei.schedules.boundary.ScheduleControl;
import io.hodei.schedules.boundary.ScheduleFiring;
import io.hodei.schedules.boundary.ScheduleLookup;
import io.hodei.schedules.entity.Firing;
import io.hodei.schedules.entity.Schedule;
import io.hodei.security.Caller;
import io.hodei.security.Role;
import io.hodei.testing.Heard;
import io.hodei.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Schedules on a real database, with the clock of their ticks in the hand of the test. */
final class ScheduleWorld {
  static final Caller CALLER =
      new Caller(1, "one", 9, "test", Role.ADMIN, Role.ADMIN.permissions());

  private final TestDatabase database = TestDatabase.create();
  private final Ids ids = new Ids();
  private final ScheduleRows rows = new ScheduleRows();
  private final FiringRows firingRows = new FiringRows(ids);
  private final CalendarRows calendarRows = new CalendarRows();
  private final BackfillRows backfillRows = new BackfillRows();
  private final JobControl jobs = jobControl();
  private final Firings firings =
      new Firings(
          rows,
          firingRows,
          calendarRows,
          new Launch(
              new JobSubmission(
                  database.tenants(), new SharedContent(ids), ids, new Heard<>(), new Heard<>()),
              jobs),
          new Heard<>());
  private final ScheduleEdits edits =
      new ScheduleEdits(
          rows,
          calendarRows,
          firingRows,
          ids,
          new ScheduleEdits.Events(new Heard<>(), new Heard<>()));
  final ScheduleControl control =
      new ScheduleControl(database.tenants(), rows, firingRows, edits, firings);
  final ScheduleLookup lookup =
      new ScheduleLookup(database.tenants(), rows, firingRows, calendarRows, edits);
  final CalendarControl calendars = new CalendarControl(database.tenants(), calendarRows);
  final BackfillControl backfills =
      new BackfillControl(
          database.tenants(),
          backfillRows,
          new BackfillEdits(backfillRows, rows, calendarRows, ids, new Heard<>()),
          edits,
          jobs);
  final ScheduleFiring firing =
      new ScheduleFiring(
          database.tenants(),
          firings,
          new Settling(rows, firingRows, calendarRows, firings, new Heard<>()),
          new Backfilling(backfillRows, rows, firingRows, calendarRows, firings),
          new Heard<>());

  ScheduleWorld() {
    ids.assign(1, Duration.ofHours(1));
    admin().sql("insert into tenants (id, name) values (1, 'one')").execute();
  }

  private JobControl jobControl() {
    JobReader reader = new JobReader(new JobRows(), new Heard<>());
    return new JobControl(
        database.tenants(),
        reader,
        new JobChanges(
            ids, new Heard<>(), new Heard<>(), new Heard<>(), new EndedTasks(new Heard<>())),
        new JobEditing(new SharedContent(ids), new Heard<>(), new Heard<>()),
        new Heard<>());
  }

  Database admin() {
    return database.admin();
  }

  TestDatabase database() {
    return database;
  }

  <T> T in(Supplier<T> work) {
    return database.tenantTransactions().inTransaction(work);
  }

  static Json json(String text) {
    return ScheduleDocument.json(text.replace('\'', '"'));
  }

  /** A schedule that does nothing each minute, with more members. */
  Schedule create(String name, String members) {
    return in(
        () ->
            control.create(
                CALLER,
                json(
                    "{'name':'%s',%s,'target':{'job':{'spec':{'executor':'noop'}}}}"
                        .formatted(name, members))));
  }

  Schedule get(Schedule schedule) {
    return in(() -> lookup.get(CALLER, schedule.name()));
  }

  /** Lets the next tick be so much in the past, as if time had passed. */
  void passed(Schedule schedule, Duration time) {
    admin()
        .sql(
            """
            update schedules
               set next_tick = date_trunc('minute', clock_timestamp()) - make_interval(secs => :s),
                   next_run_at = date_trunc('minute', clock_timestamp()) - make_interval(secs => :s)
             where id = :id
            """)
        .set("s", (double) time.toSeconds())
        .set("id", schedule.id())
        .update();
  }

  int fire(Schedule... schedules) {
    long[] all = List.of(schedules).stream().mapToLong(Schedule::id).toArray();
    return in(() -> firing.fire(1, all));
  }

  void settle(Schedule schedule) {
    in(
        () -> {
          firing.settle(1, schedule.id());
          return 0;
        });
  }

  /** Brings waiting jobs to where they can succeed or fail. */
  void startJobs() {
    admin()
        .sql("update jobs set state = 'LEASED', epoch = 1, session_id = 1 where state = 'QUEUED'")
        .update();
  }

  /** All open jobs end in this state. */
  void ended(String state) {
    startJobs();
    admin()
        .sql(
            "update jobs set state = '%s', session_id = null, completed_at = clock_timestamp() where state = 'LEASED'"
                .formatted(state))
        .update();
  }

  long jobs() {
    return count("select count(*) as n from jobs");
  }

  long count(String sql) {
    return admin().sql(sql).one(row -> row.number("n"));
  }

  /** The oldest first. */
  List<Firing> firings(Schedule schedule) {
    return in(() -> lookup.firings(CALLER, schedule.name(), "", -1, 0, 500)).reversed();
  }

  List<String> states(Schedule schedule) {
    return firings(schedule).stream().map(Firing::state).toList();
  }
}
