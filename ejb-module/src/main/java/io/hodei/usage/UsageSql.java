package io.hodei.usage;

/** The statements by which pictures are stored, read and removed. */
final class UsageSql {
  /**
   * In: jobs, epochs, sessions, steps, covered, cpus, memories (one element per picture, the last
   * two as array literals). Compares as EngineSql does, so that the plan starts from the ids. The
   * lock keeps a job from being deleted between the look and the insert, and hinders nothing else.
   */
  static final String STORE =
      """
      with given as (
        select g.job_id, g.epoch, g.session_id, g.step_millis, g.covered_millis,
               cast(g.cpu as integer[]) as cpu, cast(g.memory as bigint[]) as memory
          from unnest(cast(:jobs as bigint[]), cast(:epochs as integer[]), cast(:sessions as bigint[]),
                      cast(:steps as integer[]), cast(:covered as bigint[]),
                      cast(:cpus as text[]), cast(:memories as text[]))
            as g(job_id, epoch, session_id, step_millis, covered_millis, cpu, memory)),
      own as materialized (
        select g.*, j.tenant_id
          from given g
          join jobs j
            on j.id = g.job_id
          left join attempts a
            on a.job_id = g.job_id
           and a.epoch = g.epoch
         where (j.epoch is not distinct from g.epoch and j.session_id is not distinct from g.session_id)
            or a.session_id is not distinct from g.session_id
         order by j.id, g.epoch
           for key share of j)
      insert into attempt_usage as u (job_id, epoch, tenant_id, step_millis, covered_millis, cpu_permille, memory_bytes)
      select o.job_id, o.epoch, o.tenant_id, o.step_millis, o.covered_millis, o.cpu, o.memory
        from own o
          on conflict (job_id, epoch) do update
         set step_millis = excluded.step_millis,
             covered_millis = excluded.covered_millis,
             cpu_permille = excluded.cpu_permille,
             memory_bytes = excluded.memory_bytes
       where u.covered_millis <= excluded.covered_millis
      """;

  /**
   * In: tenant, job, epoch (0: the newest). Out: newest, epoch, state (of that attempt; null when
   * there is none yet), executor, started_at, cpu_micros, peak_memory_bytes (null while it runs),
   * step_millis, covered_millis, cpu and memory (null when there is no picture).
   */
  static final String READ =
      """
      select j.epoch as newest, w.epoch, d.executor,
             coalesce(a.state, case when w.epoch > 0 then j.state end) as state,
             case when a.state is null then j.started_at else a.started_at end as started_at,
             a.cpu_micros, a.peak_memory_bytes,
             u.step_millis, u.covered_millis,
             array_to_string(u.cpu_permille, ',') as cpu,
             array_to_string(u.memory_bytes, ',') as memory
        from jobs j
        join demands d
          on d.id = j.demand_id
       cross join lateral (select case when cast(:epoch as integer) = 0 then j.epoch else :epoch end as epoch) w
        left join attempts a
          on a.job_id = j.id
         and a.epoch = w.epoch
        left join attempt_usage u
          on u.job_id = j.id
         and u.epoch = w.epoch
       where j.tenant_id = :tenant
         and j.id = :job
      """;

  /** In: tenant, job. */
  static final String DELETE =
      """
      delete from attempt_usage
       where tenant_id = :tenant
         and job_id = :job
      """;

  private UsageSql() {}
}
