package io.hodei.dispatch.entity;

import io.hodei.jobs.entity.AttemptKey;
import io.hodei.protocol.hwp.Finished;
import io.hodei.protocol.hwp.LogChunk;
import java.util.List;
import java.util.Set;

/** Durable frames of one agent, in the order in which it sent them, and what became of them. */
public record Intake(List<AttemptKey> started, List<LogChunk> chunks, List<Finished> finished) {
  /**
   * The answer.
   *
   * @param stale attempts that are not the session's any more
   * @param ended attempts that have ended and were accepted
   * @param resend attempts whose stored log differs from what the agent had
   */
  public record Result(Set<AttemptKey> stale, Set<AttemptKey> ended, Set<AttemptKey> resend) {}
}
