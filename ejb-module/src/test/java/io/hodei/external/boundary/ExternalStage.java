package io.hodei.external.boundary;

import io.hodei.agents.boundary.AgentSessions;
import io.hodei.agents.boundary.ServerSessions;
import io.hodei.agents.control.ServerAgents;
import io.hodei.agents.control.SessionRows;
import io.hodei.dispatch.boundary.AttemptIntake;
import io.hodei.external.control.ExternalRows;
import io.hodei.external.entity.Done;
import io.hodei.external.entity.ExternalTask;
import io.hodei.external.entity.Found;
import io.hodei.jobs.boundary.JobClaims;
import io.hodei.jobs.boundary.JobReports;
import io.hodei.jobs.boundary.JobSpecs;
import io.hodei.jobs.control.AttemptEnds;
import io.hodei.jobs.control.EndedTasks;
import io.hodei.jobs.control.EngineJobs;
import io.hodei.jobs.control.JobRows;
import io.hodei.jobs.entity.AttemptKey;
import io.hodei.jobs.entity.LeasedJob;
import io.hodei.logs.LogIntake;
import io.hodei.logs.LogSealing;
import io.hodei.logs.StoredDigest;
import io.hodei.platform.Database;
import io.hodei.platform.EngineDatabase;
import io.hodei.platform.Ids;
import io.hodei.platform.Settings;
import io.hodei.testing.Heard;
import io.hodei.testing.MapConfig;
import io.hodei.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Executions elsewhere on a real database, with a test that plays the nodes. */
final class ExternalStage {
  private final TestDatabase database = TestDatabase.create();
  private final Database admin = database.admin();
  private final EngineDatabase engine = database.engine();
  private final Ids ids = new Ids();
  private final JobRows rows = new JobRows();
  private final EngineJobs jobs = new EngineJobs(engine, rows, new EndedTasks(new Heard<>()));
  private final JobClaims claims = new JobClaims(jobs, new Heard<>());
  private final ExternalWork work =
      new ExternalWork(
          new ExternalRows(engine, new JobSpecs(rows)),
          new ServerSessions(engine, new ServerAgents(ids)),
          claims,
          new AttemptIntake(
              new JobReports(
                  jobs,
                  new AttemptEnds(
                      jobs, new Settings(new MapConfig(Map.of())), new Heard<>(), new Heard<>()),
                  new Heard<>()),
              new LogIntake(engine, new Heard<>()),
              new LogSealing(engine, new StoredDigest(engine))));
  private long next;

  ExternalStage() {
    ids.assign(3, Duration.ofHours(1));
  }

  void empty() {
    execute(
        "truncate external_executions, attempts, attempt_logs, log_chunks, agents, agent_sessions,"
            + " jobs, job_specs, demands, pools, nodes, runs, outbox, tenants cascade");
    execute("insert into tenants (id, name) values (1, 'one')");
    spec(1, "");
  }

  void node(long incarnation) {
    execute(
        "insert into nodes (number, name, url, grid_address, version, incarnation, started_at, renewed_until) values (%d, 'n', 'u', 'a', '1', %d, now(), now() + interval '1 hour')"
            .formatted(incarnation % 1000, incarnation));
  }

  void nodeIsGone(long incarnation) {
    execute(
        "update nodes set renewed_until = now() - interval '1 second' where incarnation = "
            + incarnation);
  }

  private void spec(long id, String members) {
    execute(
        "insert into job_specs (id, tenant_id, digest, document) values (%d, 1, cast('%d' as bytea), '{%s\"executor\":\"http\",\"http\":{\"method\":\"GET\",\"url\":\"http://x/\"}}')"
            .formatted(id, id, members));
  }

  /** A job in the queue. */
  long job(String pool, int level) {
    return job(pool, level, 1);
  }

  private long job(String pool, int level, long spec) {
    long id = ++next + 10_000;
    long demand = pool.hashCode() & 0xffff;
    execute(
        "insert into pools (tenant_id, name) values (1, '%s') on conflict do nothing"
            .formatted(pool));
    execute(
        "insert into demands (id, tenant_id, pool, executor, digest) values (%d, 1, '%s', 'http', cast('%s' as bytea)) on conflict do nothing"
            .formatted(demand, pool, pool));
    execute(
        "insert into jobs (id, tenant_id, spec_id, demand_id, state, level, name, available_at, created_at) values (%d, 1, %d, %d, 'QUEUED', %d, 'j', now(), now())"
            .formatted(id, spec, demand, level));
    return id;
  }

  void ofRun(long job, String pipeline, int version) {
    execute(
        "insert into runs (id, tenant_id, pipeline_id, pipeline, version_id, version, number, state, steps, open, pending, creator) values (7, 1, 1, '%s', 1, %d, 1, 'RUNNING', 1, 1, false, 'x')"
            .formatted(pipeline, version));
    execute("update jobs set run_id = 7, step = 's' where id = " + job);
  }

  Found fetch(long node, int starts, int looks) {
    return database.engineTransactions().inTransaction(() -> work.fetch(node, starts, looks));
  }

  List<ExternalTask> claim(long node, Found found) {
    return database.engineTransactions().inTransaction(() -> work.claim(node, found.ready()));
  }

  /** A task that a node begins. */
  ExternalTask claimed(long node) {
    job("default", 15);
    return claim(node, fetch(node, 1, 0)).getFirst();
  }

  ExternalTask claimed(long node, String members) {
    long spec = 100 + ++next;
    spec(spec, members);
    job("default", 15, spec);
    return claim(node, fetch(node, 1, 0)).getFirst();
  }

  void write(Done done) {
    database
        .engineTransactions()
        .inTransaction(() -> work.write(done.task().sessionId(), List.of(done)));
  }

  int adopt() {
    return database.engineTransactions().inTransaction(work::adopt);
  }

  List<AttemptKey> cancel() {
    return database.engineTransactions().inTransaction(work::cancel);
  }

  void cancelRequested(long job) {
    execute("update jobs set cancel_requested_at = now() where id = " + job);
  }

  /** Lets everything be so much older. */
  void later(Duration time) {
    execute(
        "update external_executions set next_look_at = next_look_at - interval '%1$d ms', deadline_at = deadline_at - interval '%1$d ms', put_off_since = put_off_since - interval '%1$d ms'"
            .formatted(time.toMillis()));
  }

  /** An agent that pretends to have the servers' executor. */
  long agentThatSaysHttp() {
    execute(
        "insert into agents (id, tenant_id, name, pools, executors, slots, agent_version,"
            + " session_id) values (5, 1, 'a', '{default}', '{http}', 4, '1', 6)");
    execute(
        "insert into agent_sessions (id, tenant_id, agent_id, secret_sha256, node_number,"
            + " renewed_until) values (6, 1, 5, '', 3, now() + interval '1 hour')");
    return 6;
  }

  List<LeasedJob> claimBy(long session, long job) {
    return database
        .engineTransactions()
        .inTransaction(() -> claims.claim(3, new long[] {job}, new long[] {session}));
  }

  Map<Long, Long> openSessions() {
    return new AgentSessions(engine, new SessionRows(ids)).openSessions();
  }

  List<Integer> levels(List<Long> ids) {
    return admin
        .sql("select level from jobs where id = any(cast(:ids as bigint[]))")
        .set("ids", ids.stream().mapToLong(Long::longValue).toArray())
        .list(row -> row.integer("level"));
  }

  String state(long job) {
    return text("select state from jobs where id = " + job);
  }

  String text(String sql) {
    return admin
        .sql("select cast(x as text) as x from (" + sql + ") t(x)")
        .one(row -> row.text("x"));
  }

  void execute(String sql) {
    admin.sql(sql).execute();
  }
}
