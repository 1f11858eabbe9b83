package io.hodei.runs.control;

/** Statements by which people and programs change runs. */
final class ControlSql {
  /** In: tenant, job. Out: a row when the job is a task of a run that has not ended. */
  static final String IN_ACTIVE_RUN =
      """
      select s.run_id
        from run_steps s
        join runs r on r.id = s.run_id
       where s.tenant_id = :tenant
         and s.job_id = :job
         and r.completed_at is null
      """;

  /**
   * In: run, state, reason. Sets the state of a run that the caller holds, and notes it. A paused
   * or resumed run is looked at.
   */
  static final String MOVE =
      """
      with moved as (
        update runs
           set state = :state,
               reason = coalesce(cast(:reason as text), reason),
               pending = true,
               stopped = stopped and :state <> 'CANCELLING',
               cancel_phase = case when :state = 'CANCELLING' then phase else cancel_phase end,
               revision = revision + 1
         where id = :run
        returning id, tenant_id, pipeline, number, state, reason)
      insert into outbox (tenant_id, topic, items)
      select tenant_id, :topic, jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('run', id, 'pipeline', pipeline, 'number', number, 'state', state, 'reason', reason)))
        from moved
      """;

  /** In: run, reason. A run that has not begun ends at once; its steps were ended before. */
  static final String CANCEL_QUEUED =
      """
      with ended as (
        update runs
           set state = 'CANCELLED', reason = :reason, pending = false, completed_at = clock_timestamp(), revision = revision + 1
         where id = :run
        returning id, tenant_id, pipeline, number, state, reason)
      insert into outbox (tenant_id, topic, items)
      select tenant_id, 'run.ended', jsonb_build_array(jsonb_build_object('run', id, 'pipeline', pipeline, 'number', number, 'state', state, 'reason', reason))
        from ended
      """;

  /**
   * In: tenant, run, limit. Out: jobs of steps of a cancelled run that shall end and were not asked
   * to.
   */
  static final String TASKS_TO_CANCEL =
      """
      select s.job_id
        from runs r
        join run_steps s on s.run_id = r.id and s.state = 'RUNNING' and s.phase <= r.cancel_phase
        join jobs j on j.id = s.job_id
       where r.tenant_id = :tenant
         and r.id = :run
         and r.state = 'CANCELLING'
         and j.completed_at is null
         and j.cancel_requested_at is null
       order by s.job_id
       limit :limit
      """;

  /** In: tenant, run. Out: runs below steps of a cancelled run that shall end. */
  static final String CHILDREN_TO_CANCEL =
      """
      select c.id
        from runs r
        join run_steps s on s.run_id = r.id and s.state = 'RUNNING' and s.phase <= r.cancel_phase
        join runs c on c.id = s.child_run_id
       where r.tenant_id = :tenant
         and r.id = :run
         and r.state = 'CANCELLING'
         and c.state in ('QUEUED', 'RUNNING', 'PAUSED')
      """;

  /** In: tenant, run, limit. Out: jobs of the run whose steps ended before them. */
  static final String ORPHANED_JOBS =
      """
      select j.id
        from jobs j
        join run_steps s on s.job_id = j.id
       where j.tenant_id = :tenant
         and j.run_id = :run
         and j.completed_at is null
         and j.cancel_requested_at is null
         and s.state <> 'RUNNING'
       order by j.id
       limit :limit
      """;

  /** In: tenant, run. Out: runs below steps of the run that ended before them. */
  static final String ORPHANED_RUNS =
      """
      select c.id
        from runs c
        join run_steps s on s.run_id = c.parent_run_id and s.step = c.parent_step and s.instance = c.parent_instance
       where c.tenant_id = :tenant
         and c.parent_run_id = :run
         and c.completed_at is null
         and c.state <> 'CANCELLING'
         and s.state <> 'RUNNING'
      """;

  /** In: tenant, run, step, instance. Out: the step, which the caller's lock of the run holds. */
  static final String STEP =
      """
      select step, instance, name, phase, kind, state
        from run_steps
       where tenant_id = :tenant
         and run_id = :run
         and step = :step
         and instance = :instance
      """;

  /** In: tenant, run, step, instance, token, approver. */
  static final String APPROVE =
      """
      insert into run_approvals (run_id, step, instance, token_id, tenant_id, approver)
      values (:run, :step, :instance, :token, :tenant, :approver)
      on conflict (run_id, step, instance, token_id) do nothing
      """;

  /** In: tenant, run, step, instance. Out: approver, the earliest first. */
  static final String APPROVERS =
      """
      select approver
        from run_approvals
       where tenant_id = :tenant
         and run_id = :run
         and step = :step
         and instance = :instance
       order by at
      """;

  /** In: tenant, run, name, payload. */
  static final String SIGNAL =
      """
      insert into run_signals (run_id, name, tenant_id, payload)
      values (:run, :name, :tenant, cast(:payload as jsonb))
      on conflict (run_id, name) do update set payload = excluded.payload, at = clock_timestamp()
      """;

  /** In: tenant, run, kind. Out: step, instance of what is held and of this kind. */
  static final String HELD =
      """
      select step, instance
        from run_steps
       where tenant_id = :tenant
         and run_id = :run
         and state = 'HELD'
         and kind = :kind
       order by step, instance
      """;

  /** In: tenant, run. Out: parent_run_id of a run that has ended and has not told it. */
  static final String PARENT =
      """
      select parent_run_id
        from runs
       where tenant_id = :tenant
         and id = :run
         and tell_parent
         and completed_at is not null
      """;

  /**
   * In: tenant, run. Out: the parent's step that waits for this run, how the run ended, and the
   * outputs of its steps by their names, if they are not too large.
   */
  static final String END_OF_CHILD =
      """
      select s.step, s.instance, c.state, c.number, c.pipeline, c.reason,
             (select case when sum(octet_length(cast(o.outputs as text))) <= 65536 then jsonb_object_agg(o.name, o.outputs) end
                from run_steps o
               where o.run_id = c.id
                 and o.instance = 0
                 and o.outputs is not null) as outputs
        from runs c
        join run_steps s on s.run_id = c.parent_run_id and s.step = c.parent_step and s.instance = c.parent_instance
       where c.tenant_id = :tenant
         and c.id = :run
         and c.tell_parent
         and c.completed_at is not null
         and s.state = 'RUNNING'
         and s.child_run_id = c.id
      """;

  /** In: run. */
  static final String TOLD = "update runs set tell_parent = false where id = :run";

  private ControlSql() {}
}
