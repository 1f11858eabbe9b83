package io.hodei.runs.entity;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs of a tenant are meant; all parts must hold.
 *
 * @param pipeline exact name
 * @param states empty: any
 * @param parent children of this run only
 * @param from created at or after
 * @param to created before
 */
public record RunFilter(
    @Nullable String pipeline,
    Set<RunState> states,
    @Nullable Long parent,
    @Nullable Instant from,
    @Nullable Instant to) {}
