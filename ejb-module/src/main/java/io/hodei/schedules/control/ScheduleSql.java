package io.hodei.schedules.control;

import io.hodei.cluster.Term;

/** Statements on {@code schedules}. Times in arrays are microseconds since 1970, 0 for none. */
final class ScheduleSql {
  private static final String COLUMNS =
      """
      id, tenant_id, name, cast(definition as text) as definition, state, next_tick, next_run_at, last_tick, reason,
      failures, fired, missed, version, created_at, created_by, updated_at, clock_timestamp() as now
      """;

  /** Out: now. */
  static final String NOW = "select clock_timestamp() as now";

  /**
   * In: id, tenant, name, definition, nextTick, nextRun, creator. Makes none when the name is
   * taken.
   */
  static final String INSERT =
      """
      insert into schedules (id, tenant_id, name, definition, state, next_tick, next_run_at, created_by)
      values (:id, :tenant, :name, cast(:definition as jsonb), 'ACTIVE', cast(:nextTick as timestamptz), cast(:nextRun as timestamptz), :creator)
      on conflict (tenant_id, name) do nothing
      """;

  /** In: tenant, name. Out: the columns of a schedule. */
  static final String BY_NAME = select("tenant_id = :tenant and name = :name");

  /** In: tenant, id. */
  static final String BY_ID = select("tenant_id = :tenant and id = :id");

  /** In: tenant, id. Nobody changes it until the transaction ends. */
  static final String LOCK = select("tenant_id = :tenant and id = :id") + " for update";

  /** In: tenant, ids. Out: those that are due now and that nobody else is at. */
  static final String LOCK_DUE =
      select(
              """
              tenant_id = :tenant
              and id = any(cast(:ids as bigint[]))
              and state = 'ACTIVE'
              and next_run_at <= clock_timestamp()
              """)
          + " order by id for update skip locked";

  /** In: tenant, id, definition, state, nextTick, nextRun, reason. */
  static final String CHANGE =
      """
      update schedules
         set definition = cast(:definition as jsonb),
             state = :state,
             next_tick = cast(:nextTick as timestamptz),
             next_run_at = cast(:nextRun as timestamptz),
             reason = cast(:reason as text),
             failures = :failures,
             version = version + 1,
             updated_at = clock_timestamp()
       where tenant_id = :tenant
         and id = :id
      """;

  /**
   * In: tenant, ids, nexts, dues, lasts, fired, missed, ends. Writes what a round did to schedules
   * that it has locked.
   */
  static final String ADVANCE =
      """
      update schedules s
         set next_tick = timestamptz 'epoch' + nullif(u.next, 0) * interval '1 microsecond',
             next_run_at = timestamptz 'epoch' + nullif(u.due, 0) * interval '1 microsecond',
             last_tick = coalesce(timestamptz 'epoch' + nullif(u.last, 0) * interval '1 microsecond', s.last_tick),
             fired = s.fired + u.fired,
             missed = s.missed + u.missed,
             state = case when u.ends then 'ENDED' else s.state end
        from unnest(cast(:ids as bigint[]), cast(:nexts as bigint[]), cast(:dues as bigint[]), cast(:lasts as bigint[]),
                    cast(:fired as int[]), cast(:missed as int[]), cast(:ends as boolean[])) as u(id, next, due, last, fired, missed, ends)
       where s.tenant_id = :tenant
         and s.id = u.id
      """;

  /** In: tenant, id, failures, state, reason, nextTick, nextRun. What the end of a job changes. */
  static final String SETTLE =
      """
      update schedules
         set failures = :failures,
             state = :state,
             reason = cast(:reason as text),
             next_tick = cast(:nextTick as timestamptz),
             next_run_at = cast(:nextRun as timestamptz)
       where tenant_id = :tenant
         and id = :id
      """;

  /** In: tenant, id. */
  static final String DELETE = "delete from schedules where tenant_id = :tenant and id = :id";

  /** In: duty, term, limit. Out: tenant_id, id of what is due, the longest due first. */
  static final String DUE =
      """
      select tenant_id, id
        from schedules
       where next_run_at <= statement_timestamp()
         and\s"""
          + Term.STILL_HELD
          + """

       order by next_run_at
       limit :limit
      """;

  /** Out: micros until the next one is due, if there is one. */
  static final String UNTIL_NEXT =
      """
      select cast(extract(epoch from next_run_at - clock_timestamp()) * 1000000 as bigint) as micros
        from schedules
       where next_run_at is not null
       order by next_run_at
       limit 1
      """;

  private ScheduleSql() {}

  private static String select(String condition) {
    return "select " + COLUMNS + " from schedules where " + condition;
  }

  /** In: tenant, state, name, prefix, dueBefore, before, limit. Newest first. */
  static String list(boolean byState, boolean byName, boolean byPrefix, boolean byDue) {
    return select(
            "tenant_id = :tenant"
                + (byState ? " and state = :state" : "")
                + (byName ? " and name = :name" : "")
                + (byPrefix ? " and starts_with(name, :name)" : "")
                + (byDue ? " and next_run_at < :dueBefore" : "")
                + " and (:before = 0 or id < :before)")
        + " order by id desc limit :limit";
  }
}
