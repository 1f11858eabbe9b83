package io.hodei.security.control;

/** The statements of {@code idempotency_keys}. */
public final class IdempotencySql {
  /** In: lock name. Held until the transaction ends. */
  public static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(:name, 7))";

  public static final String FIND =
      """
      select route, body_sha256, status, response
        from idempotency_keys
       where tenant_id = :tenant
         and key = :key
      """;

  public static final String INSERT =
      """
      insert into idempotency_keys (tenant_id, key, route, body_sha256, status, response)
      values (:tenant, :key, :route, :body, :status, :response)
      """;

  private IdempotencySql() {}
}
