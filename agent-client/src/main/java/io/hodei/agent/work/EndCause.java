package io.hodei.agent.work;

import io.hodei.protocol.hwp.Outcome;

/** Why the agent ended an attempt's processes, and what it reports then. */
enum EndCause {
  CANCELLED(Outcome.CANCELLED),
  RUN_TIMEOUT(Outcome.RUN_TIMEOUT),
  LEASE_LOST(Outcome.AGENT_LOST),
  SHUTDOWN(Outcome.AGENT_LOST),
  /** Nobody wants to hear of it any more. */
  DROPPED(Outcome.OUTCOME_UNSPECIFIED);

  private final Outcome outcome;

  EndCause(Outcome outcome) {
    this.outcome = outcome;
  }

  Outcome outcome() {
    return outcome;
  }

  /** What went wrong beats what was wished for: a cancelled attempt may still be dropped. */
  boolean beats(EndCause earlier) {
    return this == DROPPED && earlier != DROPPED;
  }
}
