package io.hodei.schedules.control;

/** Statements on {@code calendars} and {@code freezes}. */
final class CalendarSql {
  /** In: tenant. */
  static final String ALL =
      """
      select name, cast(document as text) as document, version, updated_at
        from calendars
       where tenant_id = :tenant
       order by name
      """;

  /** In: tenant, names. */
  static final String BY_NAMES =
      """
      select name, cast(document as text) as document, version, updated_at
        from calendars
       where tenant_id = :tenant
         and name = any(cast(:names as text[]))
      """;

  /** In: tenant, name, document. Out: version; 1 for a new one. */
  static final String PUT =
      """
      insert into calendars (tenant_id, name, document)
      values (:tenant, :name, cast(:document as jsonb))
      on conflict (tenant_id, name) do update
         set document = excluded.document, version = calendars.version + 1, updated_at = clock_timestamp()
      returning version
      """;

  /** In: tenant, name. */
  static final String DELETE = "delete from calendars where tenant_id = :tenant and name = :name";

  /** In: tenant, name. Out: name of the schedules that name the calendar. */
  static final String USERS =
      """
      select name
        from schedules
       where tenant_id = :tenant
         and (definition -> 'calendars' -> 'include' ? :name or definition -> 'calendars' -> 'exclude' ? :name)
       order by name
       limit 5
      """;

  /** In: tenant. Out: those that hold now or later, for the tenant or for all, the newest first. */
  static final String FREEZES =
      """
      select id, tenant_id is null as everything, reason, who, from_at, until_at, clock_timestamp() as now
        from freezes
       where (tenant_id = :tenant or tenant_id is null)
         and (until_at is null or until_at > clock_timestamp() - interval '30 days')
       order by id desc
       limit 1000
      """;

  /** In: id, tenant (null: all), reason, who, until. */
  static final String FREEZE =
      """
      insert into freezes (id, tenant_id, reason, who, until_at)
      values (:id, cast(:tenant as bigint), :reason, :who, cast(:until as timestamptz))
      """;

  /** In: tenant, id. Out: id when it held. */
  static final String UNFREEZE =
      """
      update freezes
         set until_at = clock_timestamp()
       where tenant_id = :tenant
         and id = :id
         and (until_at is null or until_at > clock_timestamp())
      returning id
      """;

  /** In: id. The same for a freeze of everything. */
  static final String UNFREEZE_ALL =
      """
      update freezes
         set until_at = clock_timestamp()
       where tenant_id is null
         and id = :id
         and (until_at is null or until_at > clock_timestamp())
      returning id
      """;

  private CalendarSql() {}
}
