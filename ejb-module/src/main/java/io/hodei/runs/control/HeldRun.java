package io.hodei.runs.control;

import io.hodei.platform.Row;
import io.hodei.runs.entity.RunState;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run whose lock this transaction holds.
 *
 * @param phase ordinal of the phase
 * @param open steps of the phase that have not ended
 * @param stopped whether what had not begun was ended already
 * @param cancelPhase steps of phases up to this one are cancelled; -1: none
 */
record HeldRun(
    long id,
    long tenantId,
    long pipelineId,
    String pipeline,
    long versionId,
    int version,
    int number,
    RunState state,
    int phase,
    String parameters,
    int open,
    boolean failed,
    boolean stopped,
    int cancelPhase,
    int depth,
    long createdBy,
    @Nullable Instant startedAt) {
  static HeldRun read(Row row) throws SQLException {
    Integer cancelPhase = row.integerOrNull("cancel_phase");
    return new HeldRun(
        row.number("id"),
        row.number("tenant_id"),
        row.number("pipeline_id"),
        row.text("pipeline"),
        row.number("version_id"),
        row.integer("version"),
        row.integer("number"),
        RunState.valueOf(row.text("state")),
        row.integer("phase"),
        row.text("parameters"),
        row.integer("open"),
        row.flag("failed"),
        row.flag("stopped"),
        cancelPhase == null ? -1 : cancelPhase,
        row.integer("depth"),
        row.number("created_by"),
        row.instantOrNull("started_at"));
  }
}
