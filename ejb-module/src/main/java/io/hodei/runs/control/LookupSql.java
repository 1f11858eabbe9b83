package io.hodei.runs.control;

import io.hodei.platform.Database;
import io.hodei.platform.Ids;
import io.hodei.runs.entity.RunFilter;
import io.hodei.runs.entity.RunState;
import java.time.Duration;
import java.time.Instant;

/** Statements that read runs for people and programs. */
final class LookupSql {
  private static final Duration CLOCK_SLACK = Duration.ofMinutes(1);

  private static final String SELECT =
      """
      select r.id, r.tenant_id, r.pipeline_id, r.pipeline, r.version_id, r.version, r.number, r.state, r.phase, r.parameters, r.steps, r.ended, r.failed,
             r.parent_run_id, r.rerun_of, r.created_at, r.creator, r.started_at, r.deadline_at, r.completed_at, r.reason, r.revision,
             p.name || case when r.parent_instance > 0 then '[' || r.parent_instance || ']' else '' end as parent_step_name
        from runs r
        left join run_steps p on p.run_id = r.parent_run_id and p.step = r.parent_step and p.instance = 0
       where r.tenant_id = :tenant
      """;

  /** In: tenant, run. */
  static final String RUN = SELECT + " and r.id = :run";

  /** In: tenant, run. Out: step, name, state of its steps, without instances. */
  static final String STATES =
      """
      select step, name, state
        from run_steps
       where tenant_id = :tenant
         and run_id = :run
         and instance = 0
      """;

  /** In: tenant, run, states (empty: any), step, instance (behind which the page begins), limit. */
  static final String STEPS =
      """
      select step, instance, name, phase, kind, state, allow_failure, item, job_id, child_run_id, kept_from, outputs, due_at, reason, ready_at, started_at, ended_at
        from run_steps
       where tenant_id = :tenant
         and run_id = :run
         and (step, instance) > (:step, :instance)
         and (cardinality(cast(:states as text[])) = 0 or state = any(cast(:states as text[])))
       order by step, instance
       limit :limit
      """;

  /** In: tenant, run, name. Out: its position. */
  static final String POSITION =
      """
      select step
        from run_steps
       where tenant_id = :tenant
         and run_id = :run
         and name = :name
         and instance = 0
      """;

  /** In: tenant, run. Out: name of each step. */
  static final String NAMES =
      """
      select name
        from run_steps
       where tenant_id = :tenant
         and run_id = :run
         and instance = 0
       order by step
      """;

  /** In: tenant, run. Its steps in the order of their positions, without instances. */
  static final String WHOLE_STEPS =
      """
      select step, instance, name, phase, kind, state, allow_failure, item, job_id, child_run_id, kept_from, null as outputs, due_at, reason, ready_at, started_at, ended_at
        from run_steps
       where tenant_id = :tenant
         and run_id = :run
         and instance = 0
       order by step
      """;

  /**
   * In: tenant, pipeline, run. Out: name, median and slow (the ninth decile), in microseconds, of
   * steps that succeeded in the last 20 runs that did.
   */
  static final String HISTORY =
      """
      select s.name,
             cast(percentile_cont(0.5) within group (order by t.micros) as bigint) as median,
             cast(percentile_cont(0.9) within group (order by t.micros) as bigint) as slow
        from (select id
                from runs
               where tenant_id = :tenant
                 and pipeline = :pipeline
                 and state = 'SUCCEEDED'
                 and id <> :run
               order by id desc
               limit 20) r
        join run_steps s on s.run_id = r.id
       cross join lateral (select extract(epoch from s.ended_at - s.ready_at) * 1000000 as micros) t
       where s.instance = 0
         and s.state = 'SUCCEEDED'
         and s.ready_at is not null
       group by s.name
      """;

  private LookupSql() {}

  static String list(RunFilter filter, long before) {
    StringBuilder sql = new StringBuilder(SELECT);
    if (filter.pipeline() != null) {
      sql.append("and r.pipeline = :pipeline\n");
    }
    if (!filter.states().isEmpty()) {
      sql.append("and r.state = any(cast(:states as text[]))\n");
    }
    if (filter.parent() != null) {
      sql.append("and r.parent_run_id = :parent\n");
    }
    if (filter.from() != null) {
      sql.append("and r.id >= :fromId and r.created_at >= :from\n");
    }
    if (filter.to() != null) {
      sql.append("and r.id < :toId and r.created_at < :to\n");
    }
    if (before != 0) {
      sql.append("and r.id < :before\n");
    }
    return sql.append("order by r.id desc\nlimit :limit").toString();
  }

  static Database.Query bind(Database.Query query, RunFilter filter, long before) {
    Instant from = filter.from();
    Instant to = filter.to();
    return query
        .set("pipeline", filter.pipeline())
        .set("states", filter.states().stream().map(RunState::name).toArray(String[]::new))
        .set("parent", filter.parent())
        .set("from", from)
        .set("fromId", from == null ? 0 : Ids.lowest(from.minus(CLOCK_SLACK)))
        .set("to", to)
        .set("toId", to == null ? 0 : Ids.lowest(to.plus(CLOCK_SLACK)))
        .set("before", before);
  }
}
