package io.hodei.runs.control;

/** Statements for steps that wait for an event. */
final class EventSql {
  /** In: tenant. Out: run_id, step, instance, position of steps that wait for an event. */
  static final String WAITS =
      """
      select s.run_id, s.step, s.instance, s.event_position
        from run_steps s
       where s.tenant_id = :tenant
         and s.state = 'HELD'
         and s.event_position is not null
       order by s.event_position, s.run_id, s.step, s.instance
       limit 500
      """;

  /** In: tenant, position, limit. Out: rows of the outbox behind a position, in order. */
  static final String EVENTS =
      """
      select position, tenant_id, topic, created_at, items
        from outbox
       where tenant_id = :tenant
         and position > :position
       order by position
       limit :limit
      """;

  /** In: run, steps, instances, position. */
  static final String SEEN =
      """
      update run_steps s
         set event_position = greatest(s.event_position, :position)
        from unnest(cast(:steps as int[]), cast(:instances as int[])) as d(step, instance)
       where s.run_id = :run
         and s.step = d.step
         and s.instance = d.instance
         and s.state = 'HELD'
      """;

  private EventSql() {}
}
