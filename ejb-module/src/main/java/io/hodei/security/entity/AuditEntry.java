package io.hodei.security.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who changed what, and when.
 *
 * @param seq number within the tenant, from 1 without gaps
 * @param actor name of the token at that time
 * @param action for example {@code job.cancel}
 * @param detail JSON text
 */
public record AuditEntry(
    long seq,
    Instant at,
    @Nullable Long actorId,
    String actor,
    String action,
    String target,
    String detail) {
  /**
   * Which entries are meant; null parts: any.
   *
   * @param from at or after
   * @param to before
   */
  public record Filter(
      @Nullable String actor,
      @Nullable String action,
      @Nullable String target,
      @Nullable Instant from,
      @Nullable Instant to) {
    /** All. */
    public static final Filter ALL = new Filter(null, null, null, null, null);
  }
}
