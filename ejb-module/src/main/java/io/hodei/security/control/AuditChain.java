package io.hodei.security.control;

import io.hodei.platform.Database;
import io.hodei.platform.Row;
import io.hodei.security.entity.AuditEntry;
import io.hodei.security.entity.AuditVerdict;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail of one tenant as a hash chain: each row carries the SHA-256 of the row before it
 * and of its own content, and the head carries the newest. A row that was changed, removed or
 * inserted breaks the chain. Append and check compute the hash with the same expression.
 */
public final class AuditChain {
  private static final String HASH =
      """
      sha256(%1$s.prev_hash || convert_to(cast(jsonb_build_array(cast(%1$s.seq as text),
                cast(extract(epoch from %1$s.at) as text), cast(%1$s.actor_id as text),
                %1$s.actor, %1$s.action, %1$s.target, %1$s.detail) as text), 'UTF8'))""";

  private static final String OPEN =
      """
      insert into audit_heads (tenant_id, seq, hash)
      values (:tenant, 0, decode(repeat('00', 32), 'hex'))
      on conflict do nothing
      """;

  private static final String APPEND =
      """
      with head as materialized (
        select seq, hash from audit_heads where tenant_id = :tenant for update),
      link as materialized (
        select h.seq + 1 as seq, clock_timestamp() as at, cast(:actorId as bigint) as actor_id, cast(:actor as text) as actor,
               cast(:action as text) as action, cast(:target as text) as target, cast(:detail as text) as detail, h.hash as prev_hash
          from head h),
      chained as materialized (
        select l.*, %s as hash from link l),
      entry as (
        insert into audit_entries (tenant_id, seq, at, actor_id, actor, action, target, detail, prev_hash, hash)
        select :tenant, seq, at, actor_id, actor, action, target, detail, prev_hash, hash from chained)
      update audit_heads a
         set seq = c.seq, hash = c.hash
        from chained c
       where a.tenant_id = :tenant
      """
          .formatted(HASH.formatted("l"));

  private static final String VERIFY =
      """
      with checked as (
        select seq, hash, prev_hash, %s as computed,
               lag(seq, 1, cast(0 as bigint)) over (order by seq) as seq_before,
               lag(hash, 1, decode(repeat('00', 32), 'hex')) over (order by seq) as hash_before
          from audit_entries e
         where tenant_id = :tenant),
      broken as (
        select min(seq) as seq from checked
         where hash <> computed or prev_hash <> hash_before or seq <> seq_before + 1),
      last as (
        select seq, hash from checked order by seq desc limit 1)
      select h.seq as entries,
             coalesce(b.seq, case when h.seq <> coalesce(l.seq, 0) or (l.seq is not null and l.hash <> h.hash)
                                  then coalesce(l.seq, 0) + 1 end) as broken
        from audit_heads h
        left join last l on true
        left join broken b on true
       where h.tenant_id = :tenant
      """
          .formatted(HASH.formatted("e"));

  private static final String PAGE =
      """
      select seq, at, actor_id, actor, action, target, detail
        from audit_entries
       where tenant_id = :tenant
         and seq < :before
         and seq >= :first
         and (cast(:actor as text) is null or actor = cast(:actor as text))
         and (cast(:action as text) is null or action = cast(:action as text))
         and (cast(:target as text) is null or target = cast(:target as text))
       order by seq desc
       limit :limit
      """;

  /** In: tenant, from. Numbers and times grow together: the lock on the head orders them. */
  private static final String FIRST_FROM =
      """
      select seq
        from audit_entries
       where tenant_id = :tenant
         and at >= :from
       order by at, seq
       limit 1
      """;

  /** In: tenant, to. */
  private static final String FIRST_NOT_BEFORE = FIRST_FROM.replace(":from", ":to");

  private AuditChain() {}

  /** Begins the chain of a tenant; does nothing when it has begun. */
  public static void open(Database database, long tenantId) {
    database.sql(OPEN).set("tenant", tenantId).update();
  }

  /**
   * Adds a row. The lock on the head, held until the transaction ends, orders the writers of a
   * tenant.
   *
   * @param detail JSON text
   */
  public static void append(
      Database database,
      long tenantId,
      @Nullable Long actorId,
      String actor,
      String action,
      String target,
      String detail) {
    Database.Query query =
        database
            .sql(APPEND)
            .set("tenant", tenantId)
            .set("actorId", actorId)
            .set("actor", actor)
            .set("action", action)
            .set("target", target)
            .set("detail", detail);
    if (query.update() == 0) {
      open(database, tenantId);
      query.update();
    }
  }

  /** Reads the whole chain and compares every hash. */
  public static AuditVerdict verify(Database database, long tenantId) {
    return database
        .sql(VERIFY)
        .set("tenant", tenantId)
        .first(
            row ->
                new AuditVerdict(
                    row.number("entries"), Optional.ofNullable(row.numberOrNull("broken"))))
        .orElse(new AuditVerdict(0, Optional.empty()));
  }

  /** The newest first, those before a number (0: from the start); null parts of the filter: any. */
  public static List<AuditEntry> page(
      Database database, long tenantId, AuditEntry.Filter filter, long before, int limit) {
    long end =
        filter.to() == null
            ? Long.MAX_VALUE
            : first(database.sql(FIRST_NOT_BEFORE).set("to", filter.to()), tenantId);
    long first =
        filter.from() == null
            ? 0
            : first(database.sql(FIRST_FROM).set("from", filter.from()), tenantId);
    return database
        .sql(PAGE)
        .set("tenant", tenantId)
        .set("before", before == 0 ? end : Math.min(before, end))
        .set("first", first)
        .set("actor", filter.actor())
        .set("action", filter.action())
        .set("target", filter.target())
        .set("limit", limit)
        .list(AuditChain::entry);
  }

  /** The number of the first entry; behind all when there is none. */
  private static long first(Database.Query query, long tenantId) {
    return query.set("tenant", tenantId).first(row -> row.number("seq")).orElse(Long.MAX_VALUE);
  }

  private static AuditEntry entry(Row row) throws SQLException {
    return new AuditEntry(
        row.number("seq"),
        row.instant("at"),
        row.numberOrNull("actor_id"),
        row.text("actor"),
        row.text("action"),
        row.text("target"),
        row.text("detail"));
  }
}
