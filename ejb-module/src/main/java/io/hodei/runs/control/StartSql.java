package io.hodei.runs.control;

/** Statements that make runs and let them begin. */
final class StartSql {
  /** In: tenant, version. Out: a row when the edges of the version are there. */
  static final String HAS_EDGES = "select from pipeline_edges where version_id = :version limit 1";

  /** In: tenant, version, parents, children. */
  static final String EDGES =
      """
      insert into pipeline_edges (version_id, parent, child, tenant_id)
      select :version, e.parent, e.child, :tenant
        from unnest(cast(:parents as int[]), cast(:children as int[])) as e(parent, child)
      on conflict do nothing
      """;

  /** In: tenant, pipeline. Out: the number of the next run. Until the end others wait. */
  static final String NEXT_NUMBER =
      """
      insert into run_numbers (pipeline_id, tenant_id, newest)
      values (:pipeline, :tenant, 1)
      on conflict (pipeline_id) do update set newest = run_numbers.newest + 1
      returning newest
      """;

  /** In: pipeline. Until the end nobody begins another run of it. */
  static final String LOCK_NUMBER =
      "select newest from run_numbers where tenant_id = :tenant and pipeline_id = :pipeline for update";

  /** In: pipeline. Out: how many of its runs are active. */
  static final String ACTIVE =
      """
      select count(*) as active
        from runs
       where tenant_id = :tenant
         and pipeline_id = :pipeline
         and completed_at is null
         and state <> 'QUEUED'
      """;

  /**
   * In: tenant, pipeline, limit. Out: id of runs that have not ended nor shall, the oldest first.
   */
  static final String LASTING =
      """
      select id
        from runs
       where tenant_id = :tenant
         and pipeline_id = :pipeline
         and completed_at is null
         and state <> 'CANCELLING'
       order by id
       limit :limit
      """;

  /** In: all of a run. It begins now unless it is QUEUED. */
  static final String INSERT =
      """
      with made as (
        insert into runs (id, tenant_id, pipeline_id, pipeline, version_id, version, number, state, parameters, steps, ended, open, pending, run_limit, cancel_oldest, depth,
                          parent_run_id, parent_step, parent_instance, tell_parent, rerun_of, timeout_micros, created_by, creator, created_at, started_at, deadline_at)
        select :id, :tenant, :pipelineId, :pipeline, :versionId, :version, :number, :state, cast(:parameters as jsonb), :steps, :ended, :open,
               :state = 'RUNNING', :limit, :cancelOldest, :depth,
               nullif(:parent, 0), case when :parent <> 0 then :parentStep end, case when :parent <> 0 then :parentInstance end, :parent <> 0, nullif(:rerunOf, 0), nullif(:timeout, 0),
               :creator, :creatorName, t.now, case when :state = 'RUNNING' then t.now end, case when :state = 'RUNNING' then t.now + nullif(:timeout, 0) * interval '1 microsecond' end
          from (select clock_timestamp() as now) t
        returning id, tenant_id, pipeline, number, state, parent_run_id, rerun_of)
      insert into outbox (tenant_id, topic, items)
      select tenant_id, case state when 'RUNNING' then 'run.started' else 'run.queued' end,
             jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('run', id, 'pipeline', pipeline, 'number', number, 'state', state, 'parentRun', parent_run_id, 'rerunOf', rerun_of)))
        from made
      """;

  /**
   * In: tenant, run, from (the run that is repeated, 0: none), and per step: names, phases, kinds,
   * open, blocked, mayFail, states (WAITING, READY, SUCCEEDED or SKIPPED), keeps (its position in
   * the other run, -1: none), reasons.
   */
  static final String INSERT_STEPS =
      """
      insert into run_steps (run_id, step, tenant_id, name, phase, kind, state, open, blocked, allow_failure, ready_at, ended_at, reason, outputs, job_id, kept_from)
      select :run, u.number - 1, :tenant, u.name, u.phase, u.kind, u.state, u.open, u.blocked, u.may_fail,
             case when u.state = 'READY' then clock_timestamp() end,
             case when u.state in ('SUCCEEDED', 'SKIPPED') then clock_timestamp() end,
             nullif(u.reason, ''),
             k.outputs, null, case when k.run_id is not null then coalesce(k.kept_from, k.run_id) end
        from unnest(cast(:names as text[]), cast(:phases as int[]), cast(:kinds as text[]), cast(:open as int[]), cast(:blocked as boolean[]),
                    cast(:mayFail as boolean[]), cast(:states as text[]), cast(:keeps as int[]), cast(:reasons as text[]))
          with ordinality as u(name, phase, kind, open, blocked, may_fail, state, keeps, reason, number)
        left join run_steps k on k.run_id = :from and k.step = u.keeps and k.instance = 0 and u.keeps >= 0
      """;

  /** In: tenant, pipeline, limit. Lets the runs begin that wait the longest. Out: their ids. */
  static final String ADMIT =
      """
      with next as (
        select id
          from runs
         where tenant_id = :tenant
           and pipeline_id = :pipeline
           and state = 'QUEUED'
         order by id
         limit :limit
           for update skip locked),
      begun as (
        update runs r
           set state = 'RUNNING', pending = true, started_at = t.now, deadline_at = t.now + r.timeout_micros * interval '1 microsecond', revision = r.revision + 1
          from next, (select clock_timestamp() as now) t
         where r.id = next.id
        returning r.id, r.tenant_id, r.pipeline, r.number, r.state),
      noted as (
        insert into outbox (tenant_id, topic, items)
        select tenant_id, 'run.started', jsonb_agg(jsonb_build_object('run', id, 'pipeline', pipeline, 'number', number, 'state', state))
          from begun
         group by tenant_id)
      select id from begun
      """;

  /** In: tenant, pipeline. Out: run_limit, cancel_oldest of the newest run that waits. */
  static final String LIMIT =
      """
      select run_limit, cancel_oldest
        from runs
       where tenant_id = :tenant
         and pipeline_id = :pipeline
         and state = 'QUEUED'
       order by id desc
       limit 1
      """;

  /** In: tenant, pipeline. Out: a row when it has runs that have not ended. */
  static final String NOT_ENDED =
      """
      select id
        from runs
       where tenant_id = :tenant
         and pipeline_id = :pipeline
         and completed_at is null
       limit 1
      """;

  private StartSql() {}
}
