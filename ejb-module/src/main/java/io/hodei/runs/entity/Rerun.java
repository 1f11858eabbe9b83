package io.hodei.runs.entity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an ended run is repeated by a new one.
 *
 * @param from the step to begin with, for {@link Mode#FROM}
 * @param version null: the one of the ended run
 * @param newest the newest version, whatever {@code version} says
 * @param skip ids of steps that are SKIPPED in the new run
 * @param succeed ids of steps that count as SUCCEEDED in the new run
 */
public record Rerun(
    Mode mode,
    @Nullable String from,
    @Nullable Integer version,
    boolean newest,
    List<String> skip,
    List<String> succeed,
    @Nullable String reason) {
  /** Which steps run again. */
  public enum Mode {
    ALL,
    /** What did not succeed, and what depends on it. */
    FAILED,
    /** One step, what depends on it, and what did not succeed. */
    FROM
  }
}
