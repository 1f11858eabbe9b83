package io.hodei.runs.control;

/**
 * Statements by which a run goes on, in the transaction of its tenant. A run that another
 * transaction holds is passed over: whoever holds it leaves it pending or leaves nothing to do.
 */
final class AdvanceSql {
  /** As on the engine's connections (ADR 0010), until the transaction ends. */
  static final String START_FROM_IDS =
      """
      select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
             set_config('plan_cache_mode', 'force_generic_plan', true)
      """;

  private static final String RUN =
      """
      select id, tenant_id, pipeline_id, pipeline, version_id, version, number, state, phase, parameters, open, failed, stopped,
             cancel_phase, depth, created_by, started_at, run_limit
        from runs
      """;

  /** In: tenant, run. Out: the run, locked, unless it has ended, waits or is locked. */
  static final String TAKE =
      RUN
          + """
             where tenant_id = :tenant
               and id = :run
               and state in ('RUNNING', 'PAUSED', 'CANCELLING')
               for update skip locked
            """;

  /** In: tenant, run. Out: the run, locked. */
  static final String LOCK =
      RUN
          + """
             where tenant_id = :tenant
               and id = :run
               for update
            """;

  /** In: run. Out: the run, which this transaction holds. */
  static final String AGAIN = RUN + " where id = :run";

  /** In: run, limit. Out: steps that may begin. */
  static final String READY =
      """
      select step, instance, name, blocked, item
        from run_steps
       where run_id = :run
         and state = 'READY'
       order by step, instance
       limit :limit
      """;

  /** In: run, steps. Out: state and outputs of these. */
  static final String VALUES =
      """
      select step, name, state, outputs
        from run_steps
       where run_id = :run
         and step = any(cast(:steps as int[]))
         and instance = 0
      """;

  /** In: run, steps, instances, jobs, children (0: none). */
  static final String BEGUN =
      """
      update run_steps s
         set state = 'RUNNING', job_id = nullif(d.job, 0), child_run_id = nullif(d.child, 0), started_at = clock_timestamp()
        from unnest(cast(:steps as int[]), cast(:instances as int[]), cast(:jobs as bigint[]), cast(:children as bigint[])) as d(step, instance, job, child)
       where s.run_id = :run
         and s.step = d.step
         and s.instance = d.instance
         and s.state = 'READY'
      """;

  /** In: run, steps, instances, delays (micros, -1: for ever), events (it waits for one). */
  static final String HOLD =
      """
      update run_steps s
         set state = 'HELD', started_at = clock_timestamp(),
             due_at = case when d.delay >= 0 then clock_timestamp() + d.delay * interval '1 microsecond' end,
             event_position = case when d.event then (select coalesce(max(position), 0) from outbox where position is not null) end
        from unnest(cast(:steps as int[]), cast(:instances as int[]), cast(:delays as bigint[]), cast(:events as boolean[])) as d(step, instance, delay, event)
       where s.run_id = :run
         and s.step = d.step
         and s.instance = d.instance
         and s.state = 'READY'
      """;

  /**
   * In: run, step, count, begun. The step runs as that many instances, of which the first begin.
   */
  static final String EXPAND =
      """
      update run_steps
         set state = 'RUNNING', open = :count, begun = :begun, started_at = clock_timestamp()
       where run_id = :run
         and step = :step
         and instance = 0
         and state = 'READY'
      """;

  /** In: run, step, begun, items (JSON). */
  static final String INSTANCES =
      """
      insert into run_steps (run_id, step, instance, tenant_id, name, phase, kind, state, allow_failure, item, ready_at)
      select s.run_id, s.step, d.number, s.tenant_id, s.name, s.phase, s.kind,
             case when d.number <= :begun then 'READY' else 'WAITING' end,
             s.allow_failure, cast(d.item as jsonb),
             case when d.number <= :begun then clock_timestamp() end
        from run_steps s
       cross join unnest(cast(:items as text[])) with ordinality as d(item, number)
       where s.run_id = :run
         and s.step = :step
         and s.instance = 0
      """;

  /** In: run. */
  static final String STOPPED = "update runs set stopped = true where id = :run";

  /** In: run, phase. The steps of the phase no longer wait for those before it. */
  static final String ENTER =
      """
      with gate as (
        update run_steps
           set open = open - 1,
               state = case when open = 1 then 'READY' else 'WAITING' end,
               ready_at = case when open = 1 then clock_timestamp() end
         where run_id = :run
           and phase = :phase
           and instance = 0
           and state = 'WAITING'
        returning step)
      update runs
         set phase = :phase, open = (select count(*) from gate), revision = revision + 1
       where id = :run
      """;

  /** In: run, pending. */
  static final String LEAVE =
      "update runs set pending = :pending where id = :run and pending <> :pending";

  /** In: run, state. Out: pipeline_id, tell_parent, run_limit. */
  static final String FINISH =
      """
      with ended as (
        update runs
           set state = :state, pending = false, completed_at = clock_timestamp(), revision = revision + 1
         where id = :run
           and completed_at is null
        returning id, tenant_id, pipeline_id, pipeline, number, state, reason, tell_parent, run_limit),
      noted as (
        insert into outbox (tenant_id, topic, items)
        select tenant_id, 'run.ended', jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('run', id, 'pipeline', pipeline, 'number', number, 'state', state, 'reason', reason)))
          from ended)
      select pipeline_id, tell_parent, run_limit from ended
      """;

  /** In: tenant, runs. Out: name, payload of the signals of the run. */
  static final String SIGNALS = "select name, payload from run_signals where run_id = :run";

  /**
   * In: limit. Out: what, tenant_id, id of what is left to do, found by partial indexes. What hints
   * told is mostly done already.
   */
  static final String ERRANDS =
      """
      (select 'ADVANCE' as what, tenant_id, id from runs where pending order by id limit :limit)
      union all
      (select 'ADVANCE', s.tenant_id, s.run_id from run_steps s where s.due_at <= clock_timestamp() order by s.due_at limit :limit)
      union all
      (select 'TIME_OUT', tenant_id, id from runs where deadline_at <= clock_timestamp() and completed_at is null and state <> 'CANCELLING' order by deadline_at limit :limit)
      union all
      (select 'CANCEL_TASKS', tenant_id, id from runs where state = 'CANCELLING' order by id limit :limit)
      union all
      (select 'TELL_PARENT', tenant_id, id from runs where tell_parent and completed_at is not null order by id limit :limit)
      union all
      (select distinct 'ADMIT', tenant_id, pipeline_id from runs where state = 'QUEUED' limit :limit)
      union all
      (select distinct 'LISTEN', tenant_id, tenant_id from run_steps where event_position is not null and state = 'HELD' limit :limit)
      """;

  private AdvanceSql() {}
}
