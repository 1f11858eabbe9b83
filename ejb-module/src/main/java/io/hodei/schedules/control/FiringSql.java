package io.hodei.schedules.control;

import io.hodei.cluster.Term;

/** Statements on {@code schedule_firings}. */
final class FiringSql {
  /**
   * In: tenant, ids, schedules, backfill, ticks (micros), kind, states, reasons (empty: none). Out:
   * id of those ticks that had no row yet: the guard that a tick fires once.
   */
  static final String INSERT =
      """
      insert into schedule_firings (id, tenant_id, schedule_id, backfill_id, tick, kind, state, reason)
      select u.id, :tenant, u.schedule, :backfill, timestamptz 'epoch' + u.tick * interval '1 microsecond', :kind, u.state, nullif(u.reason, '')
        from unnest(cast(:ids as bigint[]), cast(:schedules as bigint[]), cast(:ticks as bigint[]), cast(:states as text[]), cast(:reasons as text[]))
          as u(id, schedule, tick, state, reason)
      on conflict on constraint schedule_firings_once_per_tick do nothing
      returning id
      """;

  /** In: tenant, ids, jobs, runs (0: none). Says which job or run each firing became. */
  static final String START =
      """
      update schedule_firings f
         set job_id = nullif(u.job, 0), run_id = nullif(u.run, 0), state = 'STARTED', fired_at = clock_timestamp()
        from unnest(cast(:ids as bigint[]), cast(:jobs as bigint[]), cast(:runs as bigint[])) as u(id, job, run)
       where f.tenant_id = :tenant
         and f.id = u.id
      """;

  /** In: tenant, schedules. Out: schedule_id, active, buffered; backfills do not count. */
  static final String OPEN =
      """
      select f.schedule_id,
             count(*) filter (where f.state = 'STARTED' and (j.id is not null or r.id is not null)) as active,
             count(*) filter (where f.state = 'BUFFERED') as buffered
        from schedule_firings f
        left join jobs j on j.id = f.job_id and j.tenant_id = :tenant and j.completed_at is null
        left join runs r on r.id = f.run_id and r.tenant_id = :tenant and r.completed_at is null
       where f.tenant_id = :tenant
         and f.schedule_id = any(cast(:schedules as bigint[]))
         and f.state in ('STARTED', 'BUFFERED')
         and f.backfill_id = 0
       group by f.schedule_id
      """;

  /** In: tenant, schedule. Out: job_id or run_id of what still runs. */
  static final String ACTIVE =
      """
      select j.id as job_id, r.id as run_id
        from schedule_firings f
        left join jobs j on j.id = f.job_id and j.tenant_id = :tenant and j.completed_at is null
        left join runs r on r.id = f.run_id and r.tenant_id = :tenant and r.completed_at is null
       where f.tenant_id = :tenant
         and f.schedule_id = :schedule
         and f.state = 'STARTED'
         and f.backfill_id = 0
         and (j.id is not null or r.id is not null)
      """;

  /** In: tenant, schedule, reason. */
  static final String SKIP_BUFFERED =
      """
      update schedule_firings
         set state = 'SKIPPED', reason = :reason
       where tenant_id = :tenant
         and schedule_id = :schedule
         and state = 'BUFFERED'
      """;

  /** In: tenant, schedule. Out: id, tick of what waits, the oldest first. */
  static final String OLDEST_BUFFERED =
      """
      select id, tick
        from schedule_firings
       where tenant_id = :tenant
         and schedule_id = :schedule
         and state = 'BUFFERED'
       order by tick
       limit 1
      """;

  /**
   * In: tenant, schedule, backfill (0: none, and those that do not run any more). Takes over how
   * jobs and runs ended; what was deleted ended too. Out: state, ended_at, backfill_id.
   */
  static final String TAKE_ENDS =
      """
      update schedule_firings f
         set state = e.state, ended_at = e.ended_at, reason = coalesce(e.reason, f.reason)
        from (select x.id, coalesce(j.state, r.state, 'DELETED') as state,
                     coalesce(j.completed_at, r.completed_at, clock_timestamp()) as ended_at, coalesce(j.reason, r.reason) as reason
                from schedule_firings x
                left join jobs j on j.id = x.job_id and j.tenant_id = :tenant
                left join runs r on r.id = x.run_id and r.tenant_id = :tenant
               where x.tenant_id = :tenant
                 and x.schedule_id = :schedule
                 and (x.backfill_id = :backfill
                      or (:backfill = 0 and not exists (select from backfills b where b.id = x.backfill_id and b.state = 'RUNNING')))
                 and x.state = 'STARTED'
                 and (coalesce(j.id, r.id) is null or coalesce(j.completed_at, r.completed_at) is not null)) e
       where f.tenant_id = :tenant
         and f.id = e.id
      returning f.state, f.ended_at, f.backfill_id
      """;

  /** In: duty, term, limit. Out: tenant_id, schedule_id of firings whose job or run has ended. */
  static final String ENDED =
      """
      select distinct f.tenant_id, f.schedule_id
        from schedule_firings f
       where f.state = 'STARTED'
         and (f.backfill_id = 0 or not exists (select from backfills b where b.id = f.backfill_id and b.state = 'RUNNING'))
         and not exists (select from jobs j where j.id = f.job_id and j.completed_at is null)
         and not exists (select from runs r where r.id = f.run_id and r.completed_at is null)
         and\s"""
          + Term.STILL_HELD
          + """

       limit :limit
      """;

  /**
   * In: duty, term, before (an id), seconds, limit. Out: tenant_id, id of firings that are older
   * and over, the oldest first. A backfill keeps its own as long as it runs.
   */
  static final String OLD =
      """
      select f.tenant_id, f.id
        from schedule_firings f
       where f.id < :before
         and f.fired_at < (select clock_timestamp()) - make_interval(secs => :seconds)
         and f.state not in ('STARTED', 'BUFFERED')
         and (f.backfill_id = 0 or not exists (select from backfills b where b.id = f.backfill_id and b.state = 'RUNNING'))
         and\s"""
          + Term.STILL_HELD
          + """

       order by f.id
       limit :limit
      """;

  /** In: tenant, ids. */
  static final String FORGET =
      """
      delete from schedule_firings
       where tenant_id = :tenant
         and id = any(cast(:ids as bigint[]))
         and state not in ('STARTED', 'BUFFERED')
      """;

  /** In: tenant, schedule, state (empty: any), backfill (-1: any), before, limit. Newest first. */
  static final String LIST =
      """
      select id, schedule_id, backfill_id, tick, kind, state, job_id, run_id, reason, fired_at, ended_at
        from schedule_firings
       where tenant_id = :tenant
         and schedule_id = :schedule
         and (:state = '' or state = :state)
         and (:backfill = -1 or backfill_id = :backfill)
         and (:before = 0 or id < :before)
       order by id desc
       limit :limit
      """;

  /** In: tenant, schedule. */
  static final String DELETE =
      "delete from schedule_firings where tenant_id = :tenant and schedule_id = :schedule";

  /** In: tenant, topic, items. */
  static final String NOTE =
      "insert into outbox (tenant_id, topic, items) values (:tenant, :topic, cast(:items as jsonb))";

  private FiringSql() {}
}
