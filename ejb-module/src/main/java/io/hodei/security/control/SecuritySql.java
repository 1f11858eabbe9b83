package io.hodei.security.control;

/** The native statements of this feature. */
final class SecuritySql {
  /** In: secret. Out: the token and its tenant, when the token can be used now. */
  static final String VERIFY =
      """
      select t.id, t.tenant_id, n.name as tenant_name, t.name, t.role, t.installation
        from tokens t
        join tenants n on n.id = t.tenant_id
       where t.secret_sha256 = :secret
         and t.revoked_at is null
         and (t.expires_at is null or t.expires_at > clock_timestamp())
         and n.disabled_at is null
      """;

  /** Held until the transaction ends by the node that makes the first tenant. */
  static final String LOCK_FIRST_START =
      "select pg_advisory_xact_lock(hashtextextended('hodei.first-start', 0))";

  static final String ANY_TOKEN = "select id from tokens limit 1";

  /** In: name. Out: id. */
  static final String TENANT_BY_NAME = "select id from tenants where name = :name";

  /** In: id, name. Out: created_at. */
  static final String INSERT_TENANT =
      """
      insert into tenants (id, name)
      values (:id, :name)
      returning id, name, created_at, disabled_at
      """;

  static final String TENANT =
      "select id, name, created_at, disabled_at from tenants where id = :id";

  /** In: before (0 = from the newest), limit. Newest first. */
  static final String TENANTS =
      """
      select id, name, created_at, disabled_at
        from tenants
       where id < :before
       order by id desc
       limit :limit
      """;

  /** In: id, disabled. Out: the tenant as it is now. */
  static final String SET_DISABLED =
      """
      update tenants
         set disabled_at = case when :disabled then coalesce(disabled_at, clock_timestamp()) end
       where id = :id
      returning id, name, created_at, disabled_at
      """;

  /** In: all columns. */
  static final String INSERT_TOKEN =
      """
      insert into tokens (id, tenant_id, name, role, installation, secret_sha256, prefix)
      values (:id, :tenant, :name, :role, :installation, :secret, :prefix)
      """;

  /** In: tenant, topic, items. */
  static final String EVENT =
      "insert into outbox (tenant_id, topic, items) values (:tenant, :topic, cast(:items as jsonb))";

  private SecuritySql() {}
}
