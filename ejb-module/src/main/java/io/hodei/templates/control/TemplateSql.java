package io.hodei.templates.control;

/** Statements on templates and their versions. */
final class TemplateSql {
  private static final String VIEW =
      """
      select t.id, t.name, t.title, t.description, t.tags, t.tool, t.newest, t.created_at, t.updated_at
        from templates t
      """;

  /** In: tenant, kind, name, prefix (empty: any), before (0: from the newest), limit. */
  static final String LIST =
      VIEW
          + """
             where t.tenant_id = :tenant
               and t.kind = :kind
               and (:name = '' or t.name = :name)
               and (:prefix = '' or starts_with(t.name, :prefix))
               and (:before = 0 or t.id < :before)
             order by t.id desc
             limit :limit
            """;

  /** In: as LIST, and tags, words. */
  static final String SEARCH =
      VIEW
          + """
              join find_templates(:kind, :name, :prefix, cast(:tags as text[]), :words, :before, :limit) as f(id) on f.id = t.id
             where t.tenant_id = :tenant
             order by t.id desc
            """;

  /** In: tenant, kind, name. */
  static final String BY_NAME =
      VIEW
          + """
             where t.tenant_id = :tenant
               and t.kind = :kind
               and t.name = :name
            """;

  /** In: tenant, kind, names. Out: those that are there, locked, with the digest of the newest. */
  static final String LOCK =
      """
      select t.id, t.name, t.newest, encode(v.digest, 'hex') as digest
        from templates t
        join template_versions v on v.template_id = t.id and v.number = t.newest
       where t.tenant_id = :tenant
         and t.kind = :kind
         and t.name = any(cast(:names as text[]))
       order by t.id
         for update of t
      """;

  /** In: tenant, kind, and per template: ids, names, titles, descriptions, tags, tools, words. */
  static final String CREATE =
      """
      insert into templates (id, tenant_id, kind, name, title, description, tags, tool, newest, search)
      select n.id, :tenant, :kind, n.name, n.title, n.description, string_to_array(n.tags, ' '), n.tool, 1,
             to_tsvector('simple', left(n.words, 50000))
        from unnest(cast(:ids as bigint[]), cast(:names as text[]), cast(:titles as text[]), cast(:descriptions as text[]),
                    cast(:tags as text[]), cast(:tools as text[]), cast(:words as text[]))
               as n(id, name, title, description, tags, tool, words)
       order by n.id
      on conflict (tenant_id, kind, name) do nothing
      returning name
      """;

  /** In: tenant, and per template: ids, numbers, titles, descriptions, tags, tools, words. */
  static final String CHANGE =
      """
      update templates t
         set title = n.title,
             description = n.description,
             tags = string_to_array(n.tags, ' '),
             tool = n.tool,
             newest = n.number,
             search = to_tsvector('simple', left(n.words, 50000)),
             updated_at = clock_timestamp()
        from unnest(cast(:ids as bigint[]), cast(:numbers as int[]), cast(:titles as text[]), cast(:descriptions as text[]),
                    cast(:tags as text[]), cast(:tools as text[]), cast(:words as text[]))
               as n(id, number, title, description, tags, tool, words)
       where t.tenant_id = :tenant
         and t.id = n.id
      """;

  /** In: tenant, by, and per version: ids, numbers, digests, documents. */
  static final String ADD_VERSIONS =
      """
      insert into template_versions (template_id, number, tenant_id, digest, document, created_by)
      select n.id, n.number, :tenant, decode(n.digest, 'hex'), n.document, :by
        from unnest(cast(:ids as bigint[]), cast(:numbers as int[]), cast(:digests as text[]), cast(:documents as text[]))
               as n(id, number, digest, document)
      """;

  /** In: tenant, and per template: topics, names, numbers. One event row per topic. */
  static final String TELL =
      """
      insert into outbox (tenant_id, topic, items)
      select :tenant, n.topic, jsonb_agg(jsonb_build_object('name', n.name, 'version', n.number) order by n.name)
        from unnest(cast(:topics as text[]), cast(:names as text[]), cast(:numbers as int[])) as n(topic, name, number)
       group by n.topic
      """;

  /** In: tenant, id. Takes the versions along. */
  static final String DELETE = "delete from templates where tenant_id = :tenant and id = :id";

  private static final String VERSION_OF =
      """
        from templates t
        join template_versions v on v.template_id = t.id
       where t.tenant_id = :tenant
         and t.kind = :kind
         and t.name = :name
      """;

  /** In: tenant, kind, name, number (0: the newest). */
  static final String VERSION =
      """
      select t.name, v.number, encode(v.digest, 'hex') as digest, v.document, v.created_at, v.created_by
      """
          + VERSION_OF
          + "   and v.number = case when :number = 0 then t.newest else :number end";

  /** In: tenant, kind, name, before (0: from the newest), limit. Without the documents. */
  static final String VERSIONS =
      """
      select t.name, v.number, encode(v.digest, 'hex') as digest, '' as document, v.created_at, v.created_by
      """
          + VERSION_OF
          + """
               and (:before = 0 or v.number < :before)
             order by v.number desc
             limit :limit
            """;

  /**
   * In: tenant, kind, name (empty: all), after, limit. The newest versions, in the order of
   * creation.
   */
  static final String EXPORT =
      """
      select t.id, v.document
        from templates t
        join template_versions v on v.template_id = t.id and v.number = t.newest
       where t.tenant_id = :tenant
         and t.kind = :kind
         and (:name = '' or t.name = :name)
         and t.id > :after
       order by t.id
       limit :limit
      """;

  private TemplateSql() {}
}
