package io.hodei.jobs.control;

/** Statements by which people and programs change jobs. */
final class ControlSql {
  /** In: tenant, pool. Out: a row when it takes no new jobs. */
  static final String DRAINING =
      """
      select name
        from pools
       where tenant_id = :tenant
         and name = :pool
         and state = 'DRAINING'
      """;

  /**
   * In: the filter's, reason, grace (millis, -1: the spec's), limit. Ends what waits, asks for the
   * end of what runs; what was asked before is asked again only for a shorter grace. Out: id,
   * epoch, session_id, state before, run_id (session_id 0 for what ended at once; else run_id
   * null), grace (null: the spec's).
   */
  static String cancel(FilterSql filter) {
    return
"""
        with target as (
          select j.id
            from jobs j
           where
"""
        + filter.condition()
        + """
             and j.completed_at is null
             and (j.session_id is null or j.cancel_requested_at is null
                  or (:grace >= 0 and coalesce(j.cancel_grace_millis > :grace, true)))
           order by j.id
           limit :limit
             for update of j),
        ended as (
          update jobs j
             set state = 'CANCELLED', completed_at = clock_timestamp(), cancel_requested_at = clock_timestamp(), reason = :reason, version = j.version + 1
            from target t
           where j.id = t.id
             and j.state in ('SCHEDULED', 'QUEUED', 'BLOCKED')
          returning j.id, j.epoch, j.run_id),
        asked as (
          update jobs j
             set cancel_requested_at = coalesce(j.cancel_requested_at, clock_timestamp()),
                 cancel_grace_millis = nullif(:grace, -1),
                 reason = case when j.cancel_requested_at is null then :reason else j.reason end,
                 version = j.version + 1
            from target t
           where j.id = t.id
             and j.state in ('LEASED', 'RUNNING')
          returning j.id, j.epoch, j.session_id, j.state, j.reason, j.cancel_grace_millis as grace),
        noted as (
          insert into outbox (tenant_id, topic, items)
          select :tenant, 'job.ended', jsonb_agg(jsonb_build_object('job', id, 'epoch', epoch, 'state', 'CANCELLED', 'reason', cast(:reason as text)))
            from ended having count(*) > 0
          union all
          select :tenant, 'job.cancel-requested', jsonb_agg(jsonb_build_object('job', id, 'epoch', epoch, 'reason', reason))
            from asked having count(*) > 0)
        select id, epoch, session_id, state, cast(null as bigint) as run_id, grace from asked
        union all
        select id, epoch, 0, 'CANCELLED', run_id, null from ended
        """;
  }

  /**
   * In: tenant, id, version, name, level, labels, available (micros, 0: as it is), spec, demand,
   * wait, total (micros, 0: none). Changes the row when it still has this version and has not
   * started. Out: state, demand_id, level.
   */
  static final String EDIT =
      """
      with changed as (
        update jobs
           set name = :name,
               level = :level,
               labels = cast(nullif(:labels, '{}') as jsonb),
               spec_id = :spec,
               demand_id = :demand,
               available_at = t.due,
               state = case when t.due > clock_timestamp() then 'SCHEDULED' else 'QUEUED' end,
               queued_at = case when t.due > clock_timestamp() then null else coalesce(queued_at, clock_timestamp()) end,
               expires_at = t.due + nullif(:wait, 0) * interval '1 microsecond',
               deadline_at = created_at + nullif(:total, 0) * interval '1 microsecond',
               version = version + 1
          from (select case when :available = 0 then x.available_at else timestamptz 'epoch' + :available * interval '1 microsecond' end as due
                  from jobs x where x.id = :id) t
         where tenant_id = :tenant
           and id = :id
           and version = :version
           and state in ('SCHEDULED', 'QUEUED')
        returning id, state, demand_id, level),
      noted as (
        insert into outbox (tenant_id, topic, items)
        select :tenant, 'job.changed', jsonb_build_array(jsonb_build_object('job', id)) from changed)
      select id, state, demand_id, level from changed
      """;

  /** In: tenant, id. */
  static final String DELETE_LABELS =
      "delete from job_labels where tenant_id = :tenant and job_id = :id";

  /** In: the filter's, limit. Out: id of ended jobs that failed and were not replayed, locked. */
  static String deadLetters(FilterSql filter) {
    return
"""
        select j.id
          from jobs j
         where
"""
        + filter.condition()
        + """
           and j.state in ('FAILED', 'TIMED_OUT', 'EXPIRED')
           and j.replayed_as is null
         order by j.id
         limit :limit
           for update of j
        """;
  }

  /**
   * In: tenant, creator, olds, news. Makes a job like each of the old ones, ready now, and says so
   * in the old ones. Out: old, id, demand_id, level.
   */
  static final String AGAIN =
      """
      with pairs as (
        select * from unnest(cast(:olds as bigint[]), cast(:news as bigint[])) as p(old, new)),
      made as (
        insert into jobs (id, tenant_id, spec_id, demand_id, state, level, name, labels, available_at, created_at, created_by, queued_at, expires_at, deadline_at, retry_of)
        select p.new, j.tenant_id, j.spec_id, j.demand_id, 'QUEUED', j.level, j.name, j.labels, statement_timestamp(), statement_timestamp(), :creator, statement_timestamp(),
               statement_timestamp() + cast(s.document -> 'timeouts' ->> 'wait' as bigint) * interval '1 microsecond',
               statement_timestamp() + cast(s.document -> 'timeouts' ->> 'total' as bigint) * interval '1 microsecond',
               j.id
          from pairs p
          join jobs j on j.id = p.old
          join job_specs s on s.id = j.spec_id
         where j.tenant_id = :tenant
           and j.completed_at is not null
        returning id, retry_of, name, demand_id, level),
      labelled as (
        insert into job_labels (tenant_id, key, value, job_id)
        select l.tenant_id, l.key, l.value, m.id
          from made m
          join job_labels l on l.job_id = m.retry_of and l.tenant_id = :tenant),
      marked as (
        update jobs j
           set replayed_as = m.id, version = j.version + 1
          from made m
         where j.id = m.retry_of
           and j.tenant_id = :tenant
           and j.state in ('FAILED', 'TIMED_OUT', 'EXPIRED')),
      noted as (
        insert into outbox (tenant_id, topic, items)
        select :tenant, 'job.created', jsonb_agg(jsonb_build_object('job', id, 'name', name, 'state', 'QUEUED', 'retryOf', retry_of))
          from made having count(*) > 0)
      select retry_of as old, id, demand_id, level from made
      """;

  /**
   * In: tenant, id, version (0: any). Deletes an ended job; labels and attempts go with it. Out:
   * id.
   */
  static final String DELETE =
      """
      with gone as (
        delete from jobs
         where tenant_id = :tenant
           and id = :id
           and completed_at is not null
           and (:version = 0 or version = :version)
        returning id),
      labels as (
        delete from job_labels l using gone g where l.tenant_id = :tenant and l.job_id = g.id),
      history as (
        delete from attempts a using gone g where a.tenant_id = :tenant and a.job_id = g.id),
      noted as (
        insert into outbox (tenant_id, topic, items)
        select :tenant, 'job.deleted', jsonb_build_array(jsonb_build_object('job', id)) from gone)
      select id from gone
      """;

  private ControlSql() {}
}
