package io.hodei.logs;

/** What sealing a log found. */
public enum SealResult {
  /** Everything is stored, byte for byte. */
  SEALED,
  /**
   * Something is missing or different; what was stored is removed, and the agent sends all again.
   */
  MISMATCH
}
