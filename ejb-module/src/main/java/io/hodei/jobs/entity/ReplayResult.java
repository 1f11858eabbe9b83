package io.hodei.jobs.entity;

import java.util.List;

/**
 * What a replay did.
 *
 * @param more whether jobs are left that the same filter finds
 */
public record ReplayResult(List<Replayed> items, boolean more) {
  /** An ended job and the new one made from it. */
  public record Replayed(long id, long replayedAs) {}
}
