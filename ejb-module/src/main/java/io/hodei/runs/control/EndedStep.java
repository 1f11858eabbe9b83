package io.hodei.runs.control;

import io.hodei.platform.Row;
import io.hodei.runs.entity.StepState;
import java.sql.SQLException;

/** A step, or an instance of one, that a statement has just ended. */
record EndedStep(
    long runId,
    int step,
    int instance,
    int phase,
    String name,
    StepState state,
    boolean allowFailure) {
  static EndedStep read(Row row) throws SQLException {
    return new EndedStep(
        row.number("run_id"),
        row.integer("step"),
        row.integer("instance"),
        row.integer("phase"),
        row.text("name"),
        StepState.valueOf(row.text("state")),
        row.flag("allow_failure"));
  }

  boolean isInstance() {
    return instance > 0;
  }

  /** Whether what depends on it may begin. */
  boolean good() {
    return state == StepState.SUCCEEDED || (allowFailure && state != StepState.SKIPPED);
  }

  /** Whether the run fails by it. */
  boolean fails() {
    return !allowFailure && (state == StepState.FAILED || state == StepState.CANCELLED);
  }
}
