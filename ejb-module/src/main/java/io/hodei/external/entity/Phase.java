package io.hodei.external.entity;

/** How far an external execution is. */
public enum Phase {
  /** It may have begun or not: its start was not answered yet. */
  STARTING,
  /** It has begun and is looked at. */
  RUNNING,
  /** It shall end. */
  CANCELLING
}
