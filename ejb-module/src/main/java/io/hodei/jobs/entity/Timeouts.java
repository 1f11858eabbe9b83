package io.hodei.jobs.entity;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a job may take.
 *
 * @param queued ({@code wait} in the API) from when it is due until it first starts; then EXPIRED
 * @param run one attempt; then TIMED_OUT or the next try
 * @param total from when it is created until it ends; then TIMED_OUT
 */
public record Timeouts(
    @Nullable Duration queued, @Nullable Duration run, @Nullable Duration total) {
  public static final Timeouts NONE = new Timeouts(null, null, null);
}
