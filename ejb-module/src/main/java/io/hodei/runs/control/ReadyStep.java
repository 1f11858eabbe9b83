package io.hodei.runs.control;

import io.hodei.platform.Row;
import io.hodei.runs.entity.RunStep;
import io.hodei.runs.entity.StepKey;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A step that may begin, or an instance of one.
 *
 * @param blocked whether something it depends on neither succeeded nor may fail
 * @param item JSON text: what an instance is for
 */
record ReadyStep(StepKey key, String name, boolean blocked, @Nullable String item) {
  static ReadyStep read(Row row) throws SQLException {
    return new ReadyStep(
        new StepKey(row.integer("step"), row.integer("instance")),
        row.text("name"),
        row.flag("blocked"),
        row.textOrNull("item"));
  }

  boolean isInstance() {
    return key.instance() > 0;
  }

  String title() {
    return RunStep.title(name, key.instance());
  }
}
