package io.hodei.events;

/** The statements on {@code outbox}. */
final class OutboxSql {
  /**
   * In: duty, term, rows. The shared lock on the duty's row makes the next term wait until this
   * round has committed, so that positions become visible in their order also when the holder
   * changes.
   */
  static final String RELAY =
      """
      with held as materialized (
        select term
          from duties
         where name = :duty
           and term = :term
           and until > clock_timestamp()
           for share),
      unplaced as (
        select o.id
          from outbox o
         where o.position is null
           and exists (select from held)
         order by o.id
         limit :rows),
      placed as materialized (
        select u.id, nextval('outbox_position') as position
          from (select id from unplaced order by id) u)
      update outbox o
         set position = p.position
        from placed p
       where o.id = p.id
         and o.position is null
      """;

  /** In: position, rows, bytes (as stored). Out: position, tenant_id, topic, created_at, items. */
  static final String AFTER =
      """
      select position, tenant_id, topic, created_at, cast(items as text) as items
        from (select o.*,
                     sum(pg_column_size(items)) over (order by position) - pg_column_size(items) as before
                from (select position, tenant_id, topic, created_at, items
                        from outbox
                       where position > :position
                       order by position
                       limit :rows) o) r
       where before < :bytes
       order by position
      """;

  /** In: tenant, position, rows, bytes (as stored). Out: as {@link #AFTER}; of one tenant. */
  static final String AFTER_OF_TENANT =
      """
      select position, tenant_id, topic, created_at, cast(items as text) as items
        from (select o.*,
                     sum(pg_column_size(items)) over (order by position) - pg_column_size(items) as before
                from (select position, tenant_id, topic, created_at, items
                        from outbox
                       where tenant_id = :tenant
                         and position >= :position
                       order by position
                       limit :rows) o) r
       where before < :bytes
       order by position
      """;

  /** Out: position. */
  static final String HEAD = "select coalesce(max(position), 0) as position from outbox";

  /** Out: position. */
  static final String OLDEST =
      """
      select coalesce(
               (select min(position) from outbox),
               (select last_value + 1 from outbox_position)) as position
      """;

  /** Out: waiting. */
  static final String WAITING =
      """
      select cast(count(*) as integer) as waiting
        from (select from outbox where position is null limit 1000) w
      """;

  /** In: duty, term, seconds, rows. */
  static final String DELETE_OLD =
      """
      delete from outbox
       where id in (select id
                      from outbox
                     where position is not null
                     order by position
                     limit :rows)
         and created_at < clock_timestamp() - make_interval(secs => :seconds)
         and exists (select
                       from duties
                      where name = :duty
                        and term = :term
                        and until > clock_timestamp())
      """;

  private OutboxSql() {}
}
