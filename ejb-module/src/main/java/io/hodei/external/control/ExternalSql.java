package io.hodei.external.control;

/**
 * Statements on {@code external_executions}. What is found is written only while {@code looks} is
 * what it was when the row was taken.
 */
final class ExternalSql {
  /**
   * In: looks, starts (limits), holder, lease (seconds). Takes executions that are due, and finds
   * jobs that are ready: of each queue the most urgent and oldest, the lanes by weight, so that no
   * queue and no lane waits for ever. Out: both with their spec, the name of the tenant and the
   * pipeline they are part of; {@code looks} is 0 for jobs that are ready.
   */
  static final String FETCH =
      """
      with due as (
        select job_id, epoch
          from external_executions
         where next_look_at <= (select clock_timestamp())
         order by next_look_at
         limit :looks
           for update skip locked),
      taken as (
        update external_executions e
           set looks = e.looks + 1, holder = :holder, next_look_at = clock_timestamp() + make_interval(secs => :lease)
          from due d
         where e.job_id = d.job_id
           and e.epoch = d.epoch
        returning e.job_id, e.epoch, e.tenant_id, e.session_id, e.looks, e.phase, e.execution_name, e.cancel_target,
                  coalesce(e.deadline_at <= clock_timestamp(), false) as overdue,
                  coalesce(cast(extract(epoch from clock_timestamp() - e.put_off_since) * 1000 as bigint), 0) as put_off),
      ready as (
        select r.id, r.tenant_id, r.spec_id, r.run_id
          from demands d
          join pools q on q.tenant_id = d.tenant_id and q.name = d.pool and q.state <> 'PAUSED'
         cross join (values (0, 1), (10, 3), (20, 8)) as lane(first, weight)
         cross join lateral (
           select j.id, j.tenant_id, j.spec_id, j.run_id, row_number() over (order by j.level desc, j.id) as turn
             from (select id, tenant_id, spec_id, run_id, level
                     from jobs
                    where demand_id = d.id
                      and state = 'QUEUED'
                      and level between lane.first and lane.first + 9
                    order by level desc, id
                    limit :starts) j) r
         where d.executor in ('http', 'cloud-run')
         order by cast(r.turn as double precision) / lane.weight, r.id
         limit :starts)
      select t.job_id, t.epoch, t.tenant_id, n.name as tenant, t.session_id, t.looks, t.phase, t.execution_name, t.cancel_target,
             j.epoch = t.epoch and j.session_id is not distinct from t.session_id as held, t.overdue, t.put_off,
             j.spec_id, s.document, r.pipeline, r.version
        from taken t
        join jobs j on j.id = t.job_id
        join job_specs s on s.id = j.spec_id
        join tenants n on n.id = t.tenant_id
        left join runs r on r.id = j.run_id
       union all
      select y.id, 0, y.tenant_id, n.name, 0, 0, 'STARTING', null, null, true, false, 0,
             y.spec_id, s.document, r.pipeline, r.version
        from ready y
        join job_specs s on s.id = y.spec_id
        join tenants n on n.id = y.tenant_id
        left join runs r on r.id = y.run_id
      """;

  /** In: jobs, epochs, tenants, sessions, executors, holder, lease (seconds). */
  static final String BEGIN =
      """
      insert into external_executions (job_id, epoch, tenant_id, session_id, executor, phase, holder, next_look_at)
      select job_id, epoch, tenant_id, session_id, executor, 'STARTING', :holder, clock_timestamp() + make_interval(secs => :lease)
        from unnest(cast(:jobs as bigint[]), cast(:epochs as int[]), cast(:tenants as bigint[]), cast(:sessions as bigint[]), cast(:executors as text[]))
          as r(job_id, epoch, tenant_id, session_id, executor)
      """;

  /** In: jobs, epochs, looks. Out: job_id, epoch of those that nobody took since, locked. */
  static final String STILL_OURS =
      """
      select e.job_id, e.epoch
        from unnest(cast(:jobs as bigint[]), cast(:epochs as int[]), cast(:looks as int[])) as r(job_id, epoch, looks)
       cross join lateral (
         select job_id, epoch
           from external_executions
          where job_id = r.job_id
            and epoch = r.epoch
            and looks = r.looks
            and next_look_at is not null
            for update) e
      """;

  /**
   * In: jobs, epochs, phases, names, targets (empty: as it was), delays, runs (microseconds; 0: the
   * deadline stays), waits (empty: it was not put off). A look comes at the deadline at the latest.
   */
  static final String MOVE =
      """
      update external_executions e
         set phase = r.phase,
             execution_name = coalesce(nullif(r.name, ''), e.execution_name),
             cancel_target = coalesce(nullif(r.target, ''), e.cancel_target),
             holder = null,
             deadline_at = case when r.run > 0 then t.now + r.run * interval '1 microsecond' else e.deadline_at end,
             next_look_at = least(t.now + r.delay * interval '1 microsecond',
                                  case when r.run > 0 then t.now + r.run * interval '1 microsecond' end,
                                  case when e.deadline_at > t.now then e.deadline_at end),
             put_off_since = case when r.wait <> '' then coalesce(e.put_off_since, t.now) end,
             waits_for = nullif(r.wait, '')
        from unnest(cast(:jobs as bigint[]), cast(:epochs as int[]), cast(:phases as text[]), cast(:names as text[]), cast(:targets as text[]),
                    cast(:delays as bigint[]), cast(:runs as bigint[]), cast(:waits as text[]))
               as r(job_id, epoch, phase, name, target, delay, run, wait),
             (select clock_timestamp() as now) t
       where e.job_id = r.job_id
         and e.epoch = r.epoch
         and e.next_look_at is not null
      """;

  /** In: jobs, epochs. */
  static final String END =
      """
      update external_executions e
         set phase = 'ENDED', holder = null, next_look_at = null, put_off_since = null, waits_for = null
        from unnest(cast(:jobs as bigint[]), cast(:epochs as int[])) as r(job_id, epoch)
       where e.job_id = r.job_id
         and e.epoch = r.epoch
         and e.next_look_at is not null
      """;

  /**
   * Takes executions whose job shall end from whoever works on them, so that the next look ends
   * them. Out: job_id, epoch.
   */
  static final String CANCEL =
      """
      update external_executions e
         set phase = 'CANCELLING', looks = e.looks + 1, holder = null, next_look_at = clock_timestamp(), put_off_since = null, waits_for = null
        from agents a
        join jobs j on j.session_id = a.session_id
       where a.server_side
         and j.cancel_requested_at is not null
         and e.job_id = j.id
         and e.epoch = j.epoch
         and (e.phase = 'STARTING' or e.phase = 'RUNNING')
      returning e.job_id, e.epoch
      """;

  /** Makes executions due whose holder is no live node. */
  static final String ADOPT =
      """
      update external_executions e
         set holder = null, next_look_at = clock_timestamp()
       where e.holder is not null
         and not exists (select from nodes n where n.incarnation = e.holder and n.renewed_until > clock_timestamp())
      """;

  /** In: tenant, job. */
  static final String DELETE =
      "delete from external_executions where tenant_id = :tenant and job_id = :job";

  private ExternalSql() {}
}
