package io.hodei.pipelines.control;

/** Statements on pipelines and their versions. */
final class PipelineSql {
  private static final String VIEW =
      """
      select p.id, p.name, p.description, p.labels, p.executor_type, p.current_id, p.current, p.newest, v.steps,
             p.version, p.created_at, p.updated_at
        from pipelines p
        join pipeline_versions v on v.id = p.current_id
       where p.tenant_id = :tenant
      """;

  /**
   * In: tenant, before (0: from the newest), name, prefix, executor (empty: any), keys, values,
   * limit.
   */
  static final String LIST =
      VIEW
          + """
            and (:before = 0 or p.id < :before)
            and (:name = '' or p.name = :name)
            and (:prefix = '' or starts_with(p.name, :prefix))
            and (:executor = '' or p.executor_type = :executor)
            and not exists (
                  select from unnest(cast(:keys as text[]), cast(:values as text[])) as l(key, value)
                   where p.labels ->> l.key is null
                      or p.labels ->> l.key <> l.value)
          order by p.id desc
          limit :limit
          """;

  /** In: tenant, name. */
  static final String BY_NAME = VIEW + "   and p.name = :name";

  /** In: tenant, name. Locks the row. */
  static final String LOCK =
      """
      select id, current_id, current, newest, version
        from pipelines
       where tenant_id = :tenant
         and name = :name
         for update
      """;

  /** In: id, tenant, name, description, labels, executor, version_id. Out: a row when it is new. */
  static final String CREATE =
      """
      insert into pipelines (id, tenant_id, name, description, labels, executor_type, current_id, current, newest)
      values (:id, :tenant, :name, :description, cast(:labels as jsonb), :executor, :version_id, 1, 1)
      on conflict (tenant_id, name) do nothing
      returning id
      """;

  /** In: tenant, id, description, labels, executor, version_id, number. */
  static final String CHANGE =
      """
      update pipelines
         set description = :description,
             labels = cast(:labels as jsonb),
             executor_type = :executor,
             current_id = :version_id,
             current = :number,
             newest = greatest(newest, :number),
             version = version + 1,
             updated_at = clock_timestamp()
       where tenant_id = :tenant
         and id = :id
      """;

  /** In: tenant, id. */
  static final String DELETE = "delete from pipelines where tenant_id = :tenant and id = :id";

  /** In: id, tenant, pipeline, number, digest, canonical, source, type, steps, by. */
  static final String ADD_VERSION =
      """
      insert into pipeline_versions (id, tenant_id, pipeline_id, number, digest, canonical, source, source_type, steps, created_by)
      values (:id, :tenant, :pipeline, :number, :digest, :canonical, :source, :type, :steps, :by)
      """;

  /** In: tenant, pipeline, digest. Out: the version with this content. */
  static final String WITH_CONTENT =
      """
      select id, number
        from pipeline_versions
       where tenant_id = :tenant
         and pipeline_id = :pipeline
         and digest = :digest
      """;

  /** In: tenant, id. Out: the document of a version. */
  static final String CANONICAL =
      "select canonical from pipeline_versions where tenant_id = :tenant and id = :id";

  /** In: tenant, name, number (0: the current one). */
  static final String VERSION =
      """
      select v.id, v.pipeline_id, p.name, v.number, v.digest, v.canonical, v.source, v.source_type, v.steps,
             v.id = p.current_id as is_current, v.created_at, v.created_by
        from pipelines p
        join pipeline_versions v on v.pipeline_id = p.id
       where p.tenant_id = :tenant
         and p.name = :name
         and v.number = case when :number = 0 then p.current else :number end
      """;

  /** In: tenant, name, before (0: from the newest), limit. Without the documents. */
  static final String VERSIONS =
      """
      select v.id, v.pipeline_id, p.name, v.number, v.digest, '' as canonical, '' as source, v.source_type, v.steps,
             v.id = p.current_id as is_current, v.created_at, v.created_by
        from pipelines p
        join pipeline_versions v on v.pipeline_id = p.id
       where p.tenant_id = :tenant
         and p.name = :name
         and (:before = 0 or v.number < :before)
       order by v.number desc
       limit :limit
      """;

  /** In: tenant, topic, pipeline, name, number. */
  static final String TELL =
      """
      insert into outbox (tenant_id, topic, items)
      values (:tenant, :topic, jsonb_build_array(jsonb_build_object('pipeline', cast(:pipeline as text), 'name', cast(:name as text), 'version', cast(:number as int))))
      """;

  private PipelineSql() {}
}
