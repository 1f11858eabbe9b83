package io.hodei.logs;

/** How much of an attempt's output is there. */
public enum LogState {
  /** The attempt runs; more may come. */
  OPEN,
  /** All of it, proven by length and digest. */
  COMPLETE,
  /** A prefix: the agent was lost before it had sent the rest. */
  TRUNCATED
}
