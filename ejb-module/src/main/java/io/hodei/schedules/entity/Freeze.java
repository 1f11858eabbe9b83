package io.hodei.schedules.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which no schedule fires.
 *
 * @param everything whether it holds for all tenants
 * @param until its end; null: until it is lifted
 * @param who the name of the token that made it
 */
public record Freeze(
    long id, boolean everything, String reason, String who, Instant from, @Nullable Instant until) {
  public boolean contains(Instant time) {
    return !time.isBefore(from) && (until == null || time.isBefore(until));
  }
}
