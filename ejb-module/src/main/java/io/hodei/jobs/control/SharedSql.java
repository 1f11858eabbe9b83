package io.hodei.jobs.control;

/** Statements on {@code job_specs}, {@code demands} and {@code pools}, which jobs share. */
final class SharedSql {
  /**
   * In: tenant, ids, digests, documents. Out: id, digest of all of them, the stored ids winning.
   */
  static final String KEEP_SPECS =
      """
      with asked as (
        select *
          from unnest(cast(:ids as bigint[]), cast(:digests as bytea[]), cast(:documents as text[])) as a(id, digest, document)),
      made as (
        insert into job_specs (id, tenant_id, digest, document)
        select id, :tenant, digest, cast(document as jsonb)
          from asked
        on conflict (tenant_id, digest) do nothing
        returning id, digest)
      select id, digest from made
      """;

  /** In: tenant, digests. Out: id, digest. */
  static final String FIND_SPECS =
      """
      select id, digest
        from job_specs
       where tenant_id = :tenant
         and digest = any(cast(:digests as bytea[]))
      """;

  /** In: tenant, pools. */
  static final String KEEP_POOLS =
      """
      insert into pools (tenant_id, name)
      select :tenant, name
        from unnest(cast(:pools as text[])) as p(name)
      on conflict (tenant_id, name) do nothing
      """;

  /** In: tenant, ids, digests, pools, executors, labels. Out: id, digest. */
  static final String KEEP_DEMANDS =
      """
      insert into demands (id, tenant_id, digest, pool, executor, labels)
      select a.id, :tenant, a.digest, a.pool, a.executor, cast(a.labels as jsonb)
        from unnest(cast(:ids as bigint[]), cast(:digests as bytea[]), cast(:pools as text[]), cast(:executors as text[]), cast(:labels as text[]))
          as a(id, digest, pool, executor, labels)
      on conflict (tenant_id, digest) do nothing
      returning id, digest
      """;

  /** In: tenant, digests. Out: id, digest. */
  static final String FIND_DEMANDS =
      """
      select id, digest
        from demands
       where tenant_id = :tenant
         and digest = any(cast(:digests as bytea[]))
      """;

  private SharedSql() {}
}
