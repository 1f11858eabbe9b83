package io.hodei.logs;

import io.hodei.platform.Database;
import io.hodei.testing.TestDatabase;

/** Puts jobs into the database in the states that logs care about. */
final class LogJobs {
  private final Database admin;

  LogJobs(TestDatabase database) {
    this.admin = database.admin();
    for (int tenant = 1; tenant <= 2; tenant++) {
      insert("insert into tenants (id, name) values (%1$d, 't%1$d')".formatted(tenant));
      insert("insert into pools (tenant_id, name) values (%d, 'default')".formatted(tenant));
      insert(
          "insert into job_specs (id, tenant_id, digest, document) values (%1$d, %1$d, '', '{}')"
              .formatted(tenant));
      insert(
          "insert into demands (id, tenant_id, pool, executor, digest) values (%1$d, %1$d, 'default', 'process', '')"
              .formatted(tenant));
    }
  }

  /** A job that the session runs in this epoch. */
  void running(long tenant, long job, int epoch, long session) {
    insert(
        """
        insert into jobs (id, tenant_id, spec_id, demand_id, state, epoch, session_id, name, available_at, created_at)
        values (%d, %d, %d, %d, 'RUNNING', %d, %d, 'job', now(), now())
        """
            .formatted(job, tenant, tenant, tenant, epoch, session));
  }

  /** The job has ended. */
  void end(long job) {
    insert(
        "update jobs set state = 'SUCCEEDED', session_id = null, completed_at = now(), version = version + 1 where id = "
            + job);
  }

  /** Its agent was lost, and another session runs it again. */
  void again(long job, long session) {
    insert(
        "update jobs set state = 'QUEUED', session_id = null, version = version + 1 where id = "
            + job);
    insert(
        "update jobs set state = 'LEASED', session_id = %d, epoch = epoch + 1, version = version + 1 where id = %d"
            .formatted(session, job));
  }

  int chunks(long job) {
    return admin
        .sql("select cast(count(*) as integer) as n from log_chunks where job_id = :job")
        .set("job", job)
        .one(row -> row.integer("n"));
  }

  void insert(String sql) {
    admin.sql(sql).execute();
  }
}
