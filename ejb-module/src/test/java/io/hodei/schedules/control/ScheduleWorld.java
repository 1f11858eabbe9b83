package io.hodei.schedules.control;

import io.hodei.cluster.Term;
import io.hodei.jobs.boundary.JobControl;
import io.hodei.jobs.boundary.JobSubmission;
import io.hodei.jobs.control.EndedTasks;
import io.hodei.jobs.control.JobChanges;
import io.hodei.jobs.control.JobEditing;
import io.hodei.jobs.control.JobReader;
import io.hodei.jobs.control.JobRows;
import io.hodei.jobs.control.SharedContent;
import io.hodei.json.Json;
import io.hodei.pipelines.boundary.CompiledPipelines;
import io.hodei.pipelines.boundary.PinnedVersions;
import io.hodei.pipelines.control.PipelineRows;
import io.hodei.platform.Database;
import io.hodei.platform.Ids;
import io.hodei.runs.boundary.RunControl;
import io.hodei.runs.boundary.RunStarts;
import io.hodei.runs.control.Decisions;
import io.hodei.runs.control.Reruns;
import io.hodei.runs.control.RunChanging;
import io.hodei.runs.control.RunReader;
import io.hodei.runs.control.RunRows;
import io.hodei.runs.control.RunSignals;
import io.hodei.runs.control.RunStarting;
import io.hodei.runs.control.StepAccounts;
import io.hodei.runs.control.Versions;
import io.hodei.schedules.boundary.BackfillControl;
import io.hodei.schedules.boundary.CalendarControl;
import io.hodei.schedules.boundary.ScheduleControl;
import io.hodei.schedules.boundary.ScheduleFiring;
import io.hodei.schedules.boundary.ScheduleLookup;
import io.hodei.schedules.entity.Firing;
import io.hodei.schedules.entity.Schedule;
import io.hodei.security.Caller;
import io.hodei.security.Role;
import io.hodei.templates.boundary.TemplateControl;
import io.hodei.templates.boundary.TemplateInput;
import io.hodei.templates.boundary.TemplateJobs;
import io.hodei.templates.control.TemplateRows;
import io.hodei.templates.control.ToolRows;
import io.hodei.templates.entity.Kind;
import io.hodei.testing.Heard;
import io.hodei.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
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
  private final Launch launch = launch();
  private final Firings firings =
      new Firings(rows, firingRows, calendarRows, launch, new Heard<>());
  private final ScheduleEdits edits =
      new ScheduleEdits(
          rows,
          calendarRows,
          firingRows,
          launch,
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
          launch);
  final ScheduleFiring firing =
      new ScheduleFiring(
          database.tenants(),
          firings,
          firingRows,
          new Settling(rows, firingRows, calendarRows, firings, new Heard<>()),
          new Backfilling(backfillRows, rows, firingRows, calendarRows, firings),
          new Heard<>());

  ScheduleWorld() {
    ids.assign(1, Duration.ofHours(1));
    admin().sql("insert into tenants (id, name) values (1, 'one')").execute();
  }

  private Launch launch() {
    PipelineRows pipelines = new PipelineRows();
    Versions versions =
        new Versions(new PinnedVersions(pipelines), new CompiledPipelines(pipelines));
    RunSignals signals = new RunSignals(new Heard<>(), new Heard<>());
    TemplateJobs templateJobs = new TemplateJobs(new TemplateRows(), new ToolRows());
    RunStarts starts =
        new RunStarts(new Reruns(versions, new RunStarting(ids, versions, templateJobs, signals)));
    StepAccounts accounts = new StepAccounts();
    RunRows runRows = new RunRows();
    RunChanging changing = new RunChanging(runRows, accounts, signals);
    RunControl runs =
        new RunControl(
            database.tenants(),
            new RunReader(),
            changing,
            new Decisions(changing, accounts, versions, runRows, signals));
    JobSubmission submission =
        new JobSubmission(
            database.tenants(), new SharedContent(ids), ids, new Heard<>(), new Heard<>());
    return new Launch(submission, jobs, starts, runs, templateJobs);
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

  void template(String text) {
    in(
        () ->
            new TemplateControl(database.tenants(), new TemplateRows(), ids)
                .apply(CALLER, TemplateInput.document(Kind.TEMPLATE, json(text), null), null));
  }

  String runParameters(long run) {
    return admin()
        .sql("select cast(parameters as text) as p from runs where id = :run")
        .set("run", run)
        .one(row -> row.text("p"));
  }

  /** The states of all runs, the oldest first. */
  List<String> runStates() {
    return admin().sql("select state from runs order by id").list(row -> row.text("state"));
  }

  /** The run ends, as if its last step had. */
  void ended(long run) {
    admin().sql("update runs set state = 'CANCELLING' where id = :run").set("run", run).update();
    admin()
        .sql(
            "update runs set state = 'CANCELLED', completed_at = clock_timestamp(), pending = false, ended = steps where id = :run")
        .set("run", run)
        .update();
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

  /** Waits for the next minute when this one ends so soon that a tick could come during a test. */
  void awaitFullSeconds(int seconds) {
    long minute = Duration.ofMinutes(1).toMillis();
    while (minute - System.currentTimeMillis() % minute < seconds * 1000L) {
      LockSupport.parkNanos(1_000_000);
    }
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

  /** Removes what is older than 90 days, as the holder of the duty does; answers how many. */
  int forget(int limit) {
    admin()
        .sql(
            "insert into duties (name, holder, incarnation, term, until) values ('schedules', 0, 0, 1, now() + interval '1 hour') on conflict do nothing")
        .execute();
    List<ScheduleRows.Found> old =
        new DueRows().old(database.engine(), new Term("schedules", 1), Duration.ofDays(90), limit);
    return old.isEmpty()
        ? 0
        : in(() -> firing.forget(1, old.stream().mapToLong(ScheduleRows.Found::id).toArray()));
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
