package io.hodei.jobs.entity;

import java.util.List;
import java.util.Map;

/**
 * Why a job waits.
 *
 * @param reasons all of them; empty when the next free agent takes it, or when it does not wait
 * @param position jobs in front of it in its queue; -1 when it is not in one
 * @param positionIsAtLeast whether counting stopped at that number
 */
public record Waiting(
    JobState state, List<Reason> reasons, long position, boolean positionIsAtLeast) {
  /**
   * One thing that keeps the job from starting.
   *
   * @param code for programs, for example {@code NO_MATCHING_AGENT}
   * @param message for people: what and why
   */
  public record Reason(String code, String message, Map<String, String> detail) {}
}
