package io.hodei.overview;

import io.hodei.cluster.Term;

/** The statements by which events are counted into minutes. */
final class RollupSql {
  static final String POSITION = "overview.position";

  /** In: key. Begins to count with the next event; does nothing when counting has begun. */
  static final String BEGIN =
      """
      insert into settings (key, value, changed_by)
      select :key, cast(coalesce(max(position), 0) as text), 'overview'
        from outbox
      on conflict (key) do nothing
      """;

  /** In: key, duty, term. Out: position. Locks it until the transaction ends. */
  static final String LOCK =
      """
      select cast(value as bigint) as position
        from settings
       where key = :key
         and\s"""
          + Term.STILL_HELD
          + "\n for update";

  /** In: after, rows. Out: position, the last one of so many rows; null when there is none. */
  static final String END =
      """
      select max(position) as position
        from (select position
                from outbox
               where position > :after
               order by position
               limit :rows) o
      """;

  /** In: after, upto. Adds to the minutes what these rows tell. */
  static final String COUNT =
      """
      with portion as materialized (
        select tenant_id, topic, items, date_trunc('minute', created_at) as minute
          from outbox
         where position > :after
           and position <= :upto
           and topic in ('job.created', 'job.started', 'job.ended')),
      counted as (
        select tenant_id, minute,
               case when topic = 'job.created' then json_array_length(items) else 0 end as submitted,
               case when topic = 'job.started' then json_array_length(items) else 0 end as started,
               0 as succeeded, 0 as failed, 0 as stopped
          from portion
         where topic <> 'job.ended'
        union all
        select p.tenant_id, p.minute, 0, 0,
               case when i.state = 'SUCCEEDED' then 1 else 0 end,
               case when i.state in ('FAILED', 'TIMED_OUT') then 1 else 0 end,
               case when i.state in ('CANCELLED', 'EXPIRED') then 1 else 0 end
          from portion p
         cross join lateral json_to_recordset(p.items) as i(state text)
         where p.topic = 'job.ended')
      insert into job_minutes as m (tenant_id, minute, submitted, started, succeeded, failed, stopped)
      select tenant_id, minute, sum(submitted), sum(started), sum(succeeded), sum(failed), sum(stopped)
        from counted
       group by tenant_id, minute
      on conflict (tenant_id, minute) do update
         set submitted = m.submitted + excluded.submitted,
             started = m.started + excluded.started,
             succeeded = m.succeeded + excluded.succeeded,
             failed = m.failed + excluded.failed,
             stopped = m.stopped + excluded.stopped
      """;

  /**
   * In: after, upto, most. Adds how long first attempts waited for their start; of one row of
   * events so many are looked at, which is enough for a percentile. Jobs are found by their ids,
   * whatever the planner believes of their columns.
   */
  static final String START_TIMES =
      """
      with begun as materialized (
        select o.tenant_id, date_trunc('minute', o.created_at) as minute, cast(i.item ->> 'job' as bigint) as job_id
          from outbox o
         cross join lateral json_array_elements(o.items) with ordinality as i(item, number)
         where o.position > :after
           and o.position <= :upto
           and o.topic = 'job.started'
           and i.number <= :most
           and i.item ->> 'epoch' = '1')
      insert into job_start_times as t (tenant_id, minute, pool, bucket, jobs)
      select b.tenant_id, b.minute, d.pool,
             case when w.millis <= 1 then 0
                  else least(63, cast(ceil(ln(w.millis) / ln(2) * 2) as smallint)) end,
             count(*)
        from begun b
       cross join lateral (
         select o.demand_id, o.epoch, o.started_at, o.created_at, o.available_at
           from jobs o
          where o.id = b.job_id
          limit 1) j
        join demands d
          on d.id = j.demand_id
       cross join lateral (
         select cast(extract(epoch from j.started_at - greatest(j.created_at, j.available_at)) * 1000 as double precision) as millis) w
       where j.epoch = 1
         and j.started_at is not null
       group by 1, 2, 3, 4
      on conflict (tenant_id, minute, pool, bucket) do update
         set jobs = t.jobs + excluded.jobs
      """;

  /** In: key, upto. */
  static final String MOVE =
      """
      update settings
         set value = cast(cast(:upto as bigint) as text), changed_at = clock_timestamp()
       where key = :key
      """;

  /**
   * In: most, duty, term. Samples what runs and waits, of tenants that have any or had events
   * lately; counting of what waits stops at so many, what runs is bounded by the slots.
   */
  static final String SAMPLE =
      """
      with held as materialized (
        select tenant_id, count(*) as jobs
          from jobs
         where session_id is not null
           and state = 'RUNNING'
         group by tenant_id)
      insert into job_minutes as m (tenant_id, minute, running, queued)
      select t.id, date_trunc('minute', clock_timestamp()), r.jobs, q.jobs
        from tenants t
       cross join lateral (
         select coalesce((select h.jobs from held h where h.tenant_id = t.id), 0) as jobs) r
       cross join lateral (
         select count(*) as jobs
           from (select from jobs j where j.tenant_id = t.id and j.state = 'QUEUED' limit :most) x) q
       where t.disabled_at is null
         and (r.jobs > 0
              or q.jobs > 0
              or exists (select from job_minutes l
                          where l.tenant_id = t.id
                            and l.minute > clock_timestamp() - interval '1 hour'
                            and (l.running > 0 or l.queued > 0 or l.submitted > 0)))
         and\s"""
          + Term.STILL_HELD
          + """

      on conflict (tenant_id, minute) do update
         set running = excluded.running,
             queued = excluded.queued
      """;

  /** In: duty, term. */
  static final String FORGET_MINUTES =
      "delete from job_minutes where minute < clock_timestamp() - interval '2 hours' and "
          + Term.STILL_HELD;

  /** In: duty, term. */
  static final String FORGET_START_TIMES =
      "delete from job_start_times where minute < clock_timestamp() - interval '2 hours' and "
          + Term.STILL_HELD;

  private RollupSql() {}
}
