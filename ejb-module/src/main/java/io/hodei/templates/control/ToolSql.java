package io.hodei.templates.control;

/** Statements on tools. */
final class ToolSql {
  private static final String TOOLS =
      """
      select name, command, environment, pool, requires, version, created_at, updated_at
        from tools
       where tenant_id = :tenant
      """;

  /** In: tenant. */
  static final String LIST = TOOLS + " order by name";

  /** In: tenant, name. */
  static final String BY_NAME = TOOLS + "   and name = :name";

  /** In: tenant, name, command, environment, pool, requires. Out: version; 1 when it is new. */
  static final String PUT =
      """
      insert into tools as t (tenant_id, name, command, environment, pool, requires)
      values (:tenant, :name, cast(:command as text[]), cast(:environment as jsonb), :pool, cast(:requires as jsonb))
      on conflict (tenant_id, name) do update
         set command = excluded.command,
             environment = excluded.environment,
             pool = excluded.pool,
             requires = excluded.requires,
             version = t.version + 1,
             updated_at = clock_timestamp()
      returning t.version
      """;

  /** In: tenant, name. */
  static final String DELETE = "delete from tools where tenant_id = :tenant and name = :name";

  private ToolSql() {}
}
