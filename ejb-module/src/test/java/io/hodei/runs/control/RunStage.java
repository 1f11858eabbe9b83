package io.hodei.runs.control;

import io.hodei.jobs.boundary.JobSubmission;
import io.hodei.jobs.control.SharedContent;
import io.hodei.jobs.entity.TasksEnded;
import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.pipelines.PipelineTable;
import io.hodei.pipelines.boundary.CompiledPipelines;
import io.hodei.pipelines.boundary.PinnedVersions;
import io.hodei.pipelines.control.PipelineRows;
import io.hodei.platform.Database;
import io.hodei.platform.Ids;
import io.hodei.runs.entity.NewRun;
import io.hodei.runs.entity.Run;
import io.hodei.runs.entity.RunsTouched;
import io.hodei.runs.entity.RunsTouched.Errand;
import io.hodei.security.Caller;
import io.hodei.security.Role;
import io.hodei.templates.boundary.TemplateControl;
import io.hodei.templates.boundary.TemplateInput;
import io.hodei.templates.boundary.TemplateJobs;
import io.hodei.templates.control.TemplateRows;
import io.hodei.templates.control.ToolRows;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.Template;
import io.hodei.testing.Heard;
import io.hodei.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs on a real database, with a test that plays the agents. */
final class RunStage {
  static final long TENANT = 1;
  static final Caller ANNA =
      new Caller(TENANT, "one", 7, "anna", Role.OPERATOR, Role.OPERATOR.permissions());

  final TestDatabase database = TestDatabase.create();
  final Heard<RunsTouched> touched = new Heard<>();
  final Ids ids = new Ids();
  final StepAccounts accounts = new StepAccounts();
  final RunRows rows = new RunRows();
  final RunReader reader = new RunReader();
  private final PipelineRows pipelines = new PipelineRows();
  final Versions versions =
      new Versions(new PinnedVersions(pipelines), new CompiledPipelines(pipelines));
  final RunSignals signals = new RunSignals(touched, new Heard<>());
  private final TemplateRows templateRows = new TemplateRows();
  final TemplateControl templateControl =
      new TemplateControl(database.tenants(), templateRows, ids);
  private final TemplateJobs templates = new TemplateJobs(templateRows, new ToolRows());
  final RunStarting starting = new RunStarting(ids, versions, templates, signals);
  final Reruns reruns = new Reruns(versions, starting);
  final RunChanging changing = new RunChanging(rows, accounts, signals);
  final RunRelations relations = new RunRelations(accounts, signals);
  final Decisions decisions = new Decisions(changing, accounts, versions, rows, signals);
  final EventWaits waits = new EventWaits(accounts, rows, versions, signals);
  final RunAdvancing advancing =
      new RunAdvancing(
          rows,
          accounts,
          new StepBeginning(
              rows,
              accounts,
              new JobSubmission(
                  database.tenants(), new SharedContent(ids), ids, new Heard<>(), new Heard<>()),
              starting,
              templates),
          versions,
          signals);
  private final TaskEnds taskEnds = new TaskEnds(accounts, database.tenants(), touched);

  RunStage() {
    ids.assign(3, Duration.ofHours(1));
    Database admin = database.admin();
    admin.sql("insert into tenants (id, name) values (1, 'one'), (2, 'two')").execute();
  }

  /** Runs work as a request of the tenant does. */
  <T> T asTenant(Function<Database, T> work) {
    return database
        .tenantTransactions()
        .inTransaction(() -> work.apply(database.tenants().in(TENANT)));
  }

  /** Stores a pipeline from its document; its name is the member {@code name}. */
  void pipeline(String json) {
    PipelineTable.insert(database.admin(), json);
  }

  /** Stores a template from its document. */
  void template(String json) {
    Template template =
        TemplateInput.document(
            Kind.TEMPLATE, JsonReader.read(json.getBytes(StandardCharsets.UTF_8)), null);
    asTenant(tenant -> templateControl.apply(ANNA, template, null));
  }

  long start(String pipeline) {
    return start(pipeline, Map.of());
  }

  long start(String pipeline, Map<String, Json> parameters) {
    return asTenant(tenant -> reruns.start(tenant, ANNA, new NewRun(pipeline, null, parameters)));
  }

  /** Does what nodes do, until there is nothing left. */
  void advance() {
    int rounds = 0;
    for (List<Errand> found = errands(); !found.isEmpty() && rounds++ < 100; found = errands()) {
      found.forEach(this::run);
      if (found.stream().allMatch(one -> one.what() == RunsTouched.What.CANCEL_TASKS)) {
        return;
      }
    }
  }

  /** What is left to do but for what is asked every second. */
  List<Errand> errands() {
    return new ErrandRows()
        .find(database.engine(), 100).stream()
            .filter(one -> one.what() != RunsTouched.What.LISTEN)
            .filter(one -> one.what() != RunsTouched.What.ADMIT)
            .toList();
  }

  void run(Errand errand) {
    asTenant(
        tenant -> {
          switch (errand.what()) {
            case ADVANCE -> advancing.advance(tenant, errand.tenantId(), errand.id());
            case ADMIT -> relations.admit(tenant, errand.tenantId(), errand.id());
            case TELL_PARENT -> relations.tellParent(tenant, errand.tenantId(), errand.id());
            case TIME_OUT, SUPERSEDE ->
                changing.cancel(tenant, errand.tenantId(), errand.id(), "test");
            case LISTEN -> waits.listen(tenant, errand.tenantId());
            case CANCEL_TASKS, CANCEL_ORPHANS -> {}
          }
          return true;
        });
  }

  /** Ends a job of the run as an agent's report does. */
  void end(long run, String step, String state, String result) {
    long job =
        database
            .admin()
            .sql(
                "select id from jobs where run_id = :run and step = :step and completed_at is null")
            .set("run", run)
            .set("step", step)
            .one(row -> row.number("id"));
    endJob(run, job, state, result);
  }

  void endJob(long run, long job, String state, String result) {
    database
        .engineTransactions()
        .inTransaction(
            () -> {
              Database engine = database.engine();
              engine
                  .sql(
                      "update jobs set state = 'LEASED', epoch = 1, session_id = 5 where id = :job")
                  .set("job", job)
                  .update();
              engine
                  .sql(
                      "update jobs set state = :state, session_id = null, completed_at = clock_timestamp(), result = cast(:result as jsonb) where id = :job")
                  .set("job", job)
                  .set("state", state)
                  .set("result", result)
                  .update();
              taskEnds.ended(new TasksEnded(engine, List.of(new TasksEnded.Task(job, run))));
              return true;
            });
  }

  /** The same when another worker may be faster; the end is told in any case. */
  void endIfOpen(long run, long job) {
    database
        .engineTransactions()
        .inTransaction(
            () -> {
              Database engine = database.engine();
              engine
                  .sql(
                      "update jobs set state = 'LEASED', epoch = 1, session_id = 5 where id = :job and state = 'QUEUED'")
                  .set("job", job)
                  .update();
              engine
                  .sql(
                      "update jobs set state = 'SUCCEEDED', session_id = null, completed_at = clock_timestamp() where id = :job and state = 'LEASED'")
                  .set("job", job)
                  .update();
              taskEnds.ended(new TasksEnded(engine, List.of(new TasksEnded.Task(job, run))));
              return true;
            });
  }

  /** Reports the end of a job once more, as after a lost acknowledgement. */
  void tellAgain(long run, long job) {
    database
        .engineTransactions()
        .inTransaction(
            () -> {
              taskEnds.ended(
                  new TasksEnded(database.engine(), List.of(new TasksEnded.Task(job, run))));
              return true;
            });
  }

  /** Ends every open job of a run as SUCCEEDED; answers how many. */
  int endAll(long run) {
    List<Long> open = openJobs(run);
    open.forEach(job -> endJob(run, job, "SUCCEEDED", "{}"));
    return open.size();
  }

  List<Long> openJobs(long run) {
    return database
        .admin()
        .sql("select id from jobs where run_id = :run and completed_at is null order by id")
        .set("run", run)
        .list(row -> row.number("id"));
  }

  /** Advances and ends jobs until the run has ended. */
  void finish(long run) {
    do {
      advance();
    } while (endAll(run) > 0);
  }

  Run get(long run) {
    return asTenant(tenant -> reader.get(tenant, TENANT, run));
  }

  /** The states of its steps and instances by their titles. */
  Map<String, String> states(long run) {
    Map<String, String> states = new LinkedHashMap<>();
    database
        .admin()
        .sql(
            "select name || case when instance > 0 then '[' || instance || ']' else '' end as title, state from run_steps where run_id = :run order by step, instance")
        .set("run", run)
        .list(row -> states.put(row.text("title"), row.text("state")));
    return states;
  }

  String reason(long run, String step) {
    return database
        .admin()
        .sql(
            "select coalesce(reason, '') as reason from run_steps where run_id = :run and name = :step and instance = 0")
        .set("run", run)
        .set("step", step)
        .one(row -> row.text("reason"));
  }

  long number(String sql) {
    return database.admin().sql(sql).one(row -> row.number("n"));
  }

  /** A job step that does nothing. */
  static String step(String id, String more) {
    return "{\"id\":\"%s\",\"job\":{\"spec\":{\"executor\":\"noop\"}}%s}"
        .formatted(id, more.isEmpty() ? "" : "," + more);
  }

  static String pipelineOf(String name, String more, String... steps) {
    return "{\"name\":\"%s\"%s,\"steps\":[%s]}"
        .formatted(name, more.isEmpty() ? "" : "," + more, String.join(",", steps));
  }
}
