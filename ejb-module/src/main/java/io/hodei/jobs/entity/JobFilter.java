package io.hodei.jobs.entity;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs of a tenant are meant; all parts must hold.
 *
 * @param states empty: any
 * @param name exact, or a prefix followed by {@code *}
 * @param labels empty: any; each must be there
 * @param run tasks of this run only
 * @param from created at or after
 * @param to created before
 * @param executionName an attempt of it is called so where the servers execute it
 */
public record JobFilter(
    Set<JobState> states,
    @Nullable String name,
    List<LabelMatch> labels,
    @Nullable String pool,
    @Nullable Long run,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String executionName) {
  public static final JobFilter ALL =
      new JobFilter(Set.of(), null, List.of(), null, null, null, null, null);

  /**
   * A label the job must have.
   *
   * @param value null: with any value
   */
  public record LabelMatch(String key, @Nullable String value) {}

  public boolean isEmpty() {
    return equals(ALL);
  }
}
