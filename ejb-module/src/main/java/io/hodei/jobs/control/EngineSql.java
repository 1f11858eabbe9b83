package io.hodei.jobs.control;

import io.hodei.cluster.Term;

/**
 * Statements by which the cluster moves jobs: claims, reports, losses, time. All of them take sets.
 *
 * <p>Those that know the ids of their jobs compare state and session by {@code is not distinct
 * from}, which no index serves, so that they start from the primary key whatever the statistics
 * say. With {@code =} and statistics taken while no job was queued or held, PostgreSQL reads the
 * whole index of the queue once per job: the cost of a claim grows with the backlog.
 *
 * <p>What every job does three times (leased, started, ended) writes its events as text: building
 * them as {@code jsonb} costs six times as much.
 */
final class EngineSql {
  /**
   * In: node, jobs, sessions (pairs), Out: what the agents need to know of the jobs that are theirs
   * now. Rows that another claim holds are passed over.
   */
  static final String CLAIM =
      """
      with proposed as (
        select * from unnest(cast(:jobs as bigint[]), cast(:sessions as bigint[])) as p(job_id, session_id)),
      ready as (
        select j.id, s.id as session_id, s.agent_id
          from proposed p
         cross join lateral (
           select id, tenant_id, demand_id, state, available_at
             from jobs
            where id = p.job_id
              and state is not distinct from 'QUEUED'
              for update skip locked) j
          join demands d on d.id = j.demand_id
          join pools q on q.tenant_id = d.tenant_id and q.name = d.pool
          join agent_sessions s on s.id = p.session_id and s.node_number = :node
          join agents a on a.id = s.agent_id and a.tenant_id = j.tenant_id
         where
      """
          + ClaimRules.all()
          + """
          ),
          leased as (
            update jobs j
               set state = 'LEASED', epoch = j.epoch + 1, version = j.version + 1, session_id = r.session_id, agent_id = r.agent_id,
                   leased_at = clock_timestamp(), started_at = null, expires_at = null, exit_code = null, signal = null, reason = null
              from ready r
             where j.id = r.id
               and j.state is not distinct from 'QUEUED'
            returning j.id, j.tenant_id, j.epoch, j.session_id, j.agent_id, j.name, j.spec_id, j.demand_id, j.level, j.failures),
          noted as (
            insert into outbox (tenant_id, topic, items)
            select tenant_id, 'job.leased',
                   cast('[' || string_agg('{"job":' || id || ',"epoch":' || epoch || ',"agent":' || agent_id || '}', ',') || ']' as json)
              from leased
             group by tenant_id)
          select id, tenant_id, epoch, session_id, name, spec_id, demand_id, level, failures from leased
          """;

  /** In: ids. Out: id, document. */
  static final String SPECS =
      "select id, document from job_specs where id = any(cast(:ids as bigint[]))";

  /** In: demand, limit. Out: id, demand_id, level, the most urgent first. */
  static final String READY =
      """
      select id, demand_id, level
        from jobs
       where state = 'QUEUED'
         and demand_id = :demand
       order by level desc, id
       limit :limit
      """;

  /** In: tenants. Out: every demand of these tenants with its pool, the newest first. */
  static final String DEMANDS =
      """
      select d.id, d.tenant_id, d.pool, d.executor, d.labels, p.placement, p.state = 'PAUSED' as paused
        from demands d
        join pools p on p.tenant_id = d.tenant_id and p.name = d.pool
       where d.tenant_id = any(cast(:tenants as bigint[]))
       order by d.id desc
       limit 20000
      """;

  /** In: ids of demands. Out: id of those that the servers meet themselves. */
  static final String SERVER_SIDE =
      """
      select id
        from demands
       where id = any(cast(:ids as bigint[]))
         and executor in ('http', 'cloud-run')
      """;

  /** In: sessions. Out: what the sessions hold. */
  static final String HELD =
      """
      select id, tenant_id, epoch, session_id, name, spec_id, demand_id, level, failures, state, cancel_requested_at is not null as cancel
        from jobs
       where session_id = any(cast(:sessions as bigint[]))
      """;

  /**
   * In: sessions. Out: like {@link #HELD}, of jobs that were given to an agent 5 s ago and have not
   * started.
   */
  static final String NOT_STARTED =
      """
      select id, tenant_id, epoch, session_id, name, spec_id, demand_id, level, failures, state, cancel_requested_at is not null as cancel
        from jobs
       where session_id = any(cast(:sessions as bigint[]))
         and state = 'LEASED'
         and leased_at < clock_timestamp() - interval '5 seconds'
       limit 1000
      """;

  /** In: sessions. Out: session_id, id, epoch, state, grace of held jobs that shall end. */
  static final String CANCELS =
      """
      select session_id, id, epoch, state, cancel_grace_millis as grace
        from jobs
       where session_id = any(cast(:sessions as bigint[]))
         and cancel_requested_at is not null
      """;

  /** In: session, jobs, epochs. Out: id, epoch of those that run (also when that was known). */
  static final String STARTED =
      """
      with reported as (
        select * from unnest(cast(:jobs as bigint[]), cast(:epochs as int[])) as r(job_id, epoch)),
      started as (
        update jobs j
           set state = 'RUNNING', started_at = clock_timestamp(), version = j.version + 1
          from reported r
         where j.id = r.job_id
           and j.epoch = r.epoch
           and j.session_id is not distinct from :session
           and j.state is not distinct from 'LEASED'
        returning j.id, j.tenant_id, j.epoch, j.agent_id),
      noted as (
        insert into outbox (tenant_id, topic, items)
        select tenant_id, 'job.started',
               cast('[' || string_agg('{"job":' || id || ',"epoch":' || epoch || ',"agent":' || agent_id || '}', ',') || ']' as json)
          from started
         group by tenant_id)
      select id, tenant_id, epoch, true as new from started
      union all
      select j.id, j.tenant_id, j.epoch, false
        from reported r
        join jobs j on j.id = r.job_id and j.epoch = r.epoch
       where j.session_id is not distinct from :session
         and j.state is not distinct from 'RUNNING'
      """;

  /** In: session, jobs. Out: id, epoch of those the session holds, locked. */
  static final String LOCK_HELD =
      """
      select id, epoch
        from jobs
       where id = any(cast(:jobs as bigint[]))
         and session_id is not distinct from :session
       order by id
         for update
      """;

  /** In: session, jobs. Out: what the decision about an attempt's end needs. */
  static final String FACTS =
      """
      select j.id, j.epoch, j.failures, j.losses, j.spec_id, s.document,
             j.cancel_requested_at is not null as cancel,
             coalesce(j.deadline_at <= clock_timestamp(), false) as overdue
        from jobs j
        join job_specs s on s.id = j.spec_id
       where j.id = any(cast(:jobs as bigint[]))
         and j.session_id is not distinct from :session
      """;

  /**
   * In: session, and per attempt: jobs, epochs, begun (the start is reported only now), states
   * (next), attempts (how this attempt ended), failed, lost (0 or 1), delays (micros), exits (-1:
   * none), signals, reasons, cpus, memories (-1: unknown), trees, results (JSON or empty). Out: id,
   * tenant_id, epoch, state, demand_id, level, run_id of those that were still this session's.
   */
  static final String ENDED =
      """
      with reported as (
        select *
          from unnest(cast(:jobs as bigint[]), cast(:epochs as int[]), cast(:begun as boolean[]), cast(:states as text[]), cast(:attempts as text[]), cast(:failed as int[]), cast(:lost as int[]),
                      cast(:delays as bigint[]), cast(:exits as int[]), cast(:signals as int[]), cast(:reasons as text[]), cast(:cpus as bigint[]),
                      cast(:memories as bigint[]), cast(:trees as boolean[]), cast(:results as text[]))
            as r(job_id, epoch, begun, state, attempt, failed, lost, delay, exit_code, signal, reason, cpu, memory, tree, result)),
      ended as (
        update jobs j
           set state = r.state,
               version = j.version + 1,
               session_id = null,
               started_at = coalesce(j.started_at, case when r.begun then clock_timestamp() end),
               failures = j.failures + r.failed,
               losses = j.losses + r.lost,
               available_at = case when r.state = 'SCHEDULED' then clock_timestamp() + r.delay * interval '1 microsecond' else j.available_at end,
               queued_at = case when r.state = 'QUEUED' then clock_timestamp() else j.queued_at end,
               completed_at = case when r.state in ('SCHEDULED', 'QUEUED') then null else clock_timestamp() end,
               exit_code = nullif(r.exit_code, -1),
               signal = nullif(r.signal, 0),
               reason = nullif(r.reason, ''),
               result = cast(nullif(r.result, '') as jsonb)
          from reported r
         where j.id = r.job_id
           and j.epoch = r.epoch
           and j.session_id is not distinct from :session
           and (j.state is not distinct from 'LEASED' or j.state is not distinct from 'RUNNING')
        returning j.id, j.tenant_id, j.epoch, j.state, j.demand_id, j.level, j.run_id, j.agent_id, j.leased_at, j.started_at, j.exit_code, j.signal, j.reason,
                  r.begun and j.started_at >= statement_timestamp() as begun, -- else it was known, and is only reported again
                  r.attempt, r.cpu, r.memory, r.tree),
      history as (
        insert into attempts (job_id, epoch, tenant_id, state, session_id, agent_id, leased_at, started_at, finished_at, exit_code, signal, reason,
                              cpu_micros, peak_memory_bytes, tree_ended)
        select id, epoch, tenant_id, attempt, :session, agent_id, leased_at, started_at, clock_timestamp(), exit_code, signal, reason,
               nullif(cpu, -1), nullif(memory, -1), tree
          from ended),
      noted as (
        insert into outbox (tenant_id, topic, items)
        select tenant_id, topic, cast('[' || items || ']' as json)
          from (select tenant_id, 'job.started' as topic,
                       string_agg('{"job":' || id || ',"epoch":' || epoch || ',"agent":' || agent_id || '}', ',') as items
                  from ended
                 where begun
                 group by tenant_id
                 union all
                select tenant_id, case when state in ('SCHEDULED', 'QUEUED') then 'job.requeued' else 'job.ended' end,
                       string_agg('{"job":' || id || ',"epoch":' || epoch || ',"state":"' || state || '"' || coalesce(',"exitCode":' || exit_code, '')
                                    || coalesce(',"signal":' || signal, '') || coalesce(',"reason":' || to_json(reason), '') || '}', ',')
                  from ended
                 group by tenant_id, state in ('SCHEDULED', 'QUEUED')) e
         order by topic = 'job.started' desc)
      select id, tenant_id, epoch, state, demand_id, level, run_id from ended
      """;

  /**
   * In: jobs, epochs, sessions, maxLosses, attempt (LOST or RETURNED), reason. Takes attempts from
   * sessions that cannot end them any more. Out: id, tenant_id, epoch, state, demand_id, level,
   * run_id.
   */
  static final String TAKEN_BACK =
      """
      with taken as (
        select * from unnest(cast(:jobs as bigint[]), cast(:epochs as int[]), cast(:sessions as bigint[])) as t(job_id, epoch, session_id)),
      before as (
        select j.id, j.epoch, j.session_id, j.state = 'RUNNING' and :attempt = 'LOST' as counts
          from taken t
          join jobs j on j.id = t.job_id and j.epoch = t.epoch and j.session_id is not distinct from t.session_id
         order by j.id
           for update of j),
      ended as (
        update jobs j
           set state = case when j.cancel_requested_at is not null and j.deadline_at <= clock_timestamp() then 'TIMED_OUT'
                            when j.cancel_requested_at is not null then 'CANCELLED'
                            when b.counts and j.losses + 1 >= :maxLosses then 'FAILED'
                            else 'QUEUED' end,
               completed_at = case when j.cancel_requested_at is not null or (b.counts and j.losses + 1 >= :maxLosses) then clock_timestamp() end,
               version = j.version + 1,
               session_id = null,
               losses = j.losses + case when b.counts then 1 else 0 end,
               queued_at = clock_timestamp(),
               reason = case when j.cancel_requested_at is not null then j.reason
                             when b.counts and j.losses + 1 >= :maxLosses
                             then 'Its agent was lost ' || (j.losses + 1) || ' times while it ran; it is kept from other agents. Look for what it does to its host, then retry it.'
                             else :reason end
          from before b
         where j.id = b.id
        returning j.id, j.tenant_id, j.epoch, j.state, j.demand_id, j.level, j.run_id, j.agent_id, j.leased_at, j.started_at, j.reason, b.session_id),
      history as (
        insert into attempts (job_id, epoch, tenant_id, state, session_id, agent_id, leased_at, started_at, finished_at, reason)
        select id, epoch, tenant_id, :attempt, session_id, agent_id, leased_at, started_at, clock_timestamp(), :reason
          from ended),
      noted as (
        insert into outbox (tenant_id, topic, items)
        select tenant_id, case when state = 'QUEUED' then 'job.requeued' else 'job.ended' end,
               jsonb_agg(jsonb_build_object('job', id, 'epoch', epoch, 'state', state, 'reason', reason))
          from ended
         group by tenant_id, state = 'QUEUED')
      select id, tenant_id, epoch, state, demand_id, level, run_id from ended
      """;

  /** In: duty, term, limit. Out: id, tenant_id, demand_id, level of jobs that became ready. */
  static final String DUE =
      """
      with due as (
        select id
          from jobs
         where state = 'SCHEDULED'
           and available_at <= (select clock_timestamp())
           and
      """
          + Term.STILL_HELD
          + """

               order by available_at
               limit :limit
                 for update skip locked),
          ready as (
            update jobs j
               set state = 'QUEUED', queued_at = clock_timestamp(), version = j.version + 1
              from due
             where j.id = due.id
            returning j.id, j.tenant_id, j.epoch, j.demand_id, j.level),
          noted as (
            insert into outbox (tenant_id, topic, items)
            select tenant_id, 'job.requeued', jsonb_agg(jsonb_build_object('job', id, 'epoch', epoch, 'state', 'QUEUED'))
              from ready
             group by tenant_id)
          select id, tenant_id, demand_id, level from ready
          """;

  /** Out: micros until the next one is due, if there is one. */
  static final String UNTIL_DUE =
      """
      select cast(extract(epoch from available_at - clock_timestamp()) * 1000000 as bigint) as micros
        from jobs
       where state = 'SCHEDULED'
       order by available_at
       limit 1
      """;

  /** In: duty, term, limit. Ends jobs that did not start in time. Out: id, tenant_id, run_id. */
  static final String EXPIRE =
      """
      with late as (
        select id
          from jobs
         where expires_at <= (select clock_timestamp())
           and (state is not distinct from 'SCHEDULED' or state is not distinct from 'QUEUED' or state is not distinct from 'BLOCKED')
           and
      """
          + Term.STILL_HELD
          + """

               order by expires_at
               limit :limit
                 for update skip locked),
          ended as (
            update jobs j
               set state = 'EXPIRED', completed_at = clock_timestamp(), expires_at = null, version = j.version + 1,
                   reason = 'It did not start within its wait timeout. Ask for its reasons earlier with explain, or allow a longer wait.'
              from late
             where j.id = late.id
            returning j.id, j.tenant_id, j.epoch, j.run_id),
          noted as (
            insert into outbox (tenant_id, topic, items)
            select tenant_id, 'job.ended', jsonb_agg(jsonb_build_object('job', id, 'epoch', epoch, 'state', 'EXPIRED'))
              from ended
             group by tenant_id)
          select id, tenant_id, run_id from ended
          """;

  /**
   * In: duty, term, limit. Ends waiting jobs beyond their total timeout, and asks for the end of
   * held ones. Out: id, tenant_id, epoch, state, session_id (0 when it ended), run_id.
   */
  static final String OVERDUE =
      """
      with late as (
        select id
          from jobs
         where deadline_at <= (select clock_timestamp())
           and completed_at is null
           and (session_id is null or cancel_requested_at is null)
           and
      """
          + Term.STILL_HELD
          + """

               order by deadline_at
               limit :limit
                 for update skip locked),
          changed as (
            update jobs j
               set state = case when j.session_id is null then 'TIMED_OUT' else j.state end,
                   completed_at = case when j.session_id is null then clock_timestamp() end,
                   cancel_requested_at = clock_timestamp(),
                   reason = 'It did not end within its total timeout.',
                   version = j.version + 1
              from late
             where j.id = late.id
            returning j.id, j.tenant_id, j.epoch, j.state, coalesce(j.session_id, 0) as session_id, j.run_id),
          noted as (
            insert into outbox (tenant_id, topic, items)
            select tenant_id, case when session_id = 0 then 'job.ended' else 'job.cancel-requested' end,
                   jsonb_agg(jsonb_build_object('job', id, 'epoch', epoch, 'state', state, 'reason', 'total timeout'))
              from changed
             group by tenant_id, session_id = 0)
          select id, tenant_id, epoch, state, session_id, run_id from changed
          """;

  private EngineSql() {}
}
