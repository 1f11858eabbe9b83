package io.hodei.schedules.control;

import io.hodei.cluster.Term;

/** Statements on {@code backfills}. */
final class BackfillSql {
  private static final String SELECT =
      """
      select b.id, b.schedule_id, s.name as schedule, b.state, b.from_at, b.to_at, b.cursor_at, b.concurrency, b.continue_on_failure,
             b.reprocess, b.total, b.started, b.skipped, b.succeeded, b.failed, b.reason, b.created_at, b.ended_at, b.created_by,
             clock_timestamp() as now
        from backfills b
        join schedules s on s.id = b.schedule_id and s.tenant_id = :tenant
       where b.tenant_id = :tenant
      """;

  /** In: id, tenant, schedule, from, to, concurrency, goOn, reprocess, total, creator. */
  static final String INSERT =
      """
      insert into backfills (id, tenant_id, schedule_id, state, from_at, to_at, cursor_at, concurrency, continue_on_failure, reprocess, total, created_by)
      values (:id, :tenant, :schedule, 'RUNNING', :from, :to, :from, :concurrency, :goOn, :reprocess, :total, :creator)
      """;

  /** In: tenant, id. */
  static final String BY_ID = SELECT + " and b.id = :id";

  /** In: tenant, id. Out: nothing when another transaction is at it, or it has ended. */
  static final String LOCK_RUNNING =
      SELECT + " and b.id = :id and b.state = 'RUNNING' for update of b skip locked";

  /** In: tenant, schedule (0: any), state (empty: any), before, limit. Newest first. */
  static final String LIST =
      SELECT
          + """
             and (:schedule = 0 or b.schedule_id = :schedule)
             and (:state = '' or b.state = :state)
             and (:before = 0 or b.id < :before)
           order by b.id desc
           limit :limit
          """;

  /**
   * In: tenant, id, cursor, started, skipped, succeeded, failed (all in addition), state, reason.
   */
  static final String ADVANCE =
      """
      update backfills
         set cursor_at = :cursor,
             started = started + :started,
             skipped = skipped + :skipped,
             succeeded = succeeded + :succeeded,
             failed = failed + :failed,
             state = :state,
             reason = cast(:reason as text),
             ended_at = case when :state = 'RUNNING' then null else clock_timestamp() end
       where tenant_id = :tenant
         and id = :id
      """;

  /** In: tenant, id, reason. Out: id when it ran. */
  static final String CANCEL =
      """
      update backfills
         set state = 'CANCELLED', reason = :reason, ended_at = clock_timestamp()
       where tenant_id = :tenant
         and id = :id
         and state = 'RUNNING'
      returning id
      """;

  /** In: tenant, id. Out: job_id or run_id of what has not ended. */
  static final String ACTIVE =
      """
      select j.id as job_id, r.id as run_id
        from schedule_firings f
        left join jobs j on j.id = f.job_id and j.tenant_id = :tenant and j.completed_at is null
        left join runs r on r.id = f.run_id and r.tenant_id = :tenant and r.completed_at is null
       where f.tenant_id = :tenant
         and f.backfill_id = :id
         and f.state = 'STARTED'
         and (j.id is not null or r.id is not null)
      """;

  /** In: tenant, schedule, ticks (micros). Out: micros of those ticks that became jobs before. */
  static final String FIRED =
      """
      select cast(extract(epoch from f.tick) * 1000000 as bigint) as micros
        from unnest(cast(:ticks as bigint[])) as u(tick)
        join schedule_firings f
          on f.schedule_id = :schedule
         and f.tick = timestamptz 'epoch' + u.tick * interval '1 microsecond'
       where f.tenant_id = :tenant
         and f.kind <> 'MANUAL'
         and f.state not in ('SKIPPED', 'REFUSED')
      """;

  /** In: duty, term. Out: tenant_id, id. */
  static final String RUNNING =
      """
      select tenant_id, id
        from backfills
       where state = 'RUNNING'
         and\s"""
          + Term.STILL_HELD;

  /** In: tenant, schedule. */
  static final String DELETE =
      "delete from backfills where tenant_id = :tenant and schedule_id = :schedule";

  private BackfillSql() {}
}
