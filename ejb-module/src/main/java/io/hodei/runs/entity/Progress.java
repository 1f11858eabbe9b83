package io.hodei.runs.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a run has come.
 *
 * @param states how many steps are in each state
 * @param criticalPath the steps that take the longest one after the other; what has ended counts as
 *     long as it took, the rest as long as it usually takes
 * @param remaining how long the rest usually takes; null when that is not known
 * @param likelyEnd null when the run has ended or nothing is known
 * @param atLatest the end when each step takes as long as only one in ten does
 * @param unknown steps on the way that have no history
 */
public record Progress(
    Run run,
    Map<StepState, Integer> states,
    List<String> criticalPath,
    @Nullable Duration remaining,
    @Nullable Instant likelyEnd,
    @Nullable Instant atLatest,
    int unknown) {}
