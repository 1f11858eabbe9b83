package io.hodei.runs.control;

/**
 * Statements that end steps and count down what waits for them. The caller holds the locks of the
 * runs. They work for both roles, start from ids (ADR 0010), and a step is counted by its way into
 * an end state only.
 */
final class AccountSql {
  /** In: runs. Locks them in the order of their ids. */
  static final String LOCK =
      """
      select id, tenant_id
        from runs
       where id = any(cast(:runs as bigint[]))
       order by id
         for update
      """;

  private static final String OUT =
      "returning s.run_id, s.step, s.instance, s.phase, s.name, s.state, s.allow_failure";

  /** In: jobs that have ended. Ends their steps, unless that has happened. Out: the steps. */
  static final String END_OF_JOBS =
      """
      update run_steps s
         set state = case j.state when 'SUCCEEDED' then 'SUCCEEDED' when 'CANCELLED' then 'CANCELLED' else 'FAILED' end,
             outputs = case when octet_length(cast(j.result as text)) <= 131072 then j.result end,
             reason = coalesce(case when octet_length(cast(j.result as text)) > 131072 then 'Its outputs are larger than 128 KiB and were left out.' end,
                               j.reason, case when j.state not in ('SUCCEEDED', 'CANCELLED') and j.exit_code is not null then 'Its job ended with exit code ' || j.exit_code || '.'
                                              when j.state not in ('SUCCEEDED', 'CANCELLED') and j.signal is not null then 'Its job was ended by signal ' || j.signal || '.' end),
             ended_at = clock_timestamp()
        from unnest(cast(:jobs as bigint[])) as t(job_id)
        join jobs j on j.id = t.job_id
       where s.job_id = t.job_id
         and s.run_id = j.run_id
         and j.completed_at is not null
         and s.state is not distinct from 'RUNNING'
      """
          + OUT;

  /**
   * In: run, and per step: steps, instances, states, reasons (empty: none), outputs (JSON or
   * empty). Ends those that have not ended. Out: the steps.
   */
  static final String END =
      """
      update run_steps s
         set state = d.state,
             reason = nullif(d.reason, ''),
             outputs = cast(nullif(d.outputs, '') as jsonb),
             due_at = null,
             event_position = null,
             ended_at = clock_timestamp()
        from unnest(cast(:steps as int[]), cast(:instances as int[]), cast(:states as text[]), cast(:reasons as text[]), cast(:outputs as text[]))
          as d(step, instance, state, reason, outputs)
       where s.run_id = :run
         and s.step = d.step
         and s.instance = d.instance
         and s.ended_at is null
      """
          + OUT;

  /**
   * In: run, from and to (phases), state, reason. Ends every step of these phases that has not
   * begun. Reads all steps of the run: for what happens once in its life. Out: the steps.
   */
  static final String END_NOT_BEGUN =
      """
      update run_steps s
         set state = :state, reason = :reason, due_at = null, event_position = null, ended_at = clock_timestamp()
       where s.run_id = :run
         and s.phase between :from and :to
         and s.state in ('WAITING', 'READY', 'HELD')
      """
          + OUT;

  /** In: run, steps. Ends instances that have not begun, of steps that ended. Out: the steps. */
  static final String END_INSTANCES =
      """
      update run_steps s
         set state = 'SKIPPED', due_at = null, event_position = null, ended_at = clock_timestamp()
       where s.run_id = :run
         and s.step = any(cast(:steps as int[]))
         and s.instance > 0
         and s.state in ('WAITING', 'READY', 'HELD')
      """
          + OUT;

  /** In: run. Out: step, instance, kind of what is held although its time is up. */
  static final String DUE =
      """
      select step, instance, kind
        from run_steps
       where run_id = :run
         and state = 'HELD'
         and due_at <= clock_timestamp()
       order by step, instance
       limit 1000
      """;

  /**
   * In: per instance that ended: runs, steps, bad (it did not succeed). Counts them in their steps,
   * lets the next instances begin, and ends steps whose instances have all ended. Out: those steps.
   */
  static final String COUNT_INSTANCES =
      """
      with done as (
        select run_id, step, count(*) as n, count(*) filter (where bad) as bad
          from unnest(cast(:runs as bigint[]), cast(:steps as int[]), cast(:bad as boolean[])) as d(run_id, step, bad)
         group by run_id, step),
      counted as (
        update run_steps s
           set open = s.open - d.n,
               failures = s.failures + d.bad,
               begun = s.begun + d.n,
               state = case when s.open > d.n then 'RUNNING'
                            when s.failures + d.bad = 0 then 'SUCCEEDED'
                            when r.state = 'CANCELLING' then 'CANCELLED'
                            else 'FAILED' end,
               ended_at = case when s.open = d.n then clock_timestamp() end,
               reason = case when s.open = d.n then
                 nullif(concat_ws(' ',
                   case when s.failures + d.bad > 0 then (s.failures + d.bad) || ' of its instances did not succeed.' end,
                   (select 'The outputs of its instances are larger than 64 KiB together and were left out.'
                      from run_steps i
                     where i.run_id = s.run_id
                       and i.step = s.step
                       and i.instance > 0
                    having sum(octet_length(cast(i.outputs as text))) > 65536)), '') end,
               outputs = case when s.open = d.n then
                 (select case when coalesce(sum(octet_length(cast(i.outputs as text))), 0) <= 65536
                              then jsonb_agg(coalesce(i.outputs, 'null') order by i.instance) end
                    from run_steps i
                   where i.run_id = s.run_id
                     and i.step = s.step
                     and i.instance > 0) end
          from done d
          join runs r on r.id = d.run_id
         where s.run_id = d.run_id
           and s.step = d.step
           and s.instance = 0
           and s.state is not distinct from 'RUNNING'
        returning s.run_id, s.step, s.instance, s.phase, s.name, s.state, s.allow_failure, s.begun, d.n),
      next as (
        update run_steps i
           set state = 'READY', ready_at = clock_timestamp()
          from counted c
         where i.run_id = c.run_id
           and i.step = c.step
           and i.instance > c.begun - c.n
           and i.instance <= c.begun
           and i.state is not distinct from 'WAITING'
           and c.state = 'RUNNING')
      select run_id, step, instance, phase, name, state, allow_failure from counted where state <> 'RUNNING'
      """;

  /**
   * In: per step that ended: runs, steps, phases, good (what depends on it may begin). Counts down
   * what depends on them; what waits for nothing more becomes READY. Counts them in their runs.
   */
  static final String COUNT_STEPS =
      """
      with done as (
        select *
          from unnest(cast(:runs as bigint[]), cast(:steps as int[]), cast(:phases as int[]), cast(:good as boolean[]), cast(:fails as boolean[]))
            as d(run_id, step, phase, good, fails)),
      children as (
        select d.run_id, e.child, count(*) as n, bool_or(not d.good) as blocked
          from done d
          join runs r on r.id = d.run_id
          join pipeline_edges e on e.version_id = r.version_id and e.parent = d.step
         group by d.run_id, e.child),
      counted as (
        update run_steps s
           set open = s.open - c.n,
               blocked = s.blocked or c.blocked,
               state = case when s.open = c.n then 'READY' else 'WAITING' end,
               ready_at = case when s.open = c.n then clock_timestamp() end
          from children c
         where s.run_id = c.run_id
           and s.step = c.child
           and s.instance = 0
           and s.state is not distinct from 'WAITING')
      update runs r
         set open = r.open - d.here,
             ended = r.ended + d.n,
             failed = r.failed or d.fails,
             pending = true,
             revision = r.revision + 1
        from (select d.run_id, count(*) as n, count(*) filter (where d.phase = x.phase) as here, bool_or(d.fails) as fails
                from done d
                join runs x on x.id = d.run_id
               group by d.run_id) d
       where r.id = d.run_id
      """;

  /** In: runs, fails. Says that something may be advanced, where only instances ended. */
  static final String PENDING =
      """
      update runs r
         set pending = true, failed = r.failed or d.fails
        from unnest(cast(:runs as bigint[]), cast(:fails as boolean[])) as d(run_id, fails)
       where r.id = d.run_id
         and (not r.pending or (d.fails and not r.failed))
      """;

  /** In: runs, names, instances, states. */
  static final String NOTE =
      """
      insert into outbox (tenant_id, topic, items)
      select r.tenant_id, 'run.step-ended',
             jsonb_agg(jsonb_strip_nulls(jsonb_build_object('run', d.run_id, 'pipeline', r.pipeline, 'step', d.name, 'instance', nullif(d.instance, 0), 'state', d.state)))
        from unnest(cast(:runs as bigint[]), cast(:names as text[]), cast(:instances as int[]), cast(:states as text[])) as d(run_id, name, instance, state)
        join runs r on r.id = d.run_id
       group by r.tenant_id
      """;

  private AccountSql() {}
}
