package io.hodei.runs.control;

import io.hodei.platform.Database;
import io.hodei.runs.entity.RunsTouched.Errand;
import io.hodei.runs.entity.RunsTouched.What;
import jakarta.enterprise.context.Dependent;
import java.util.List;

/** Runs the statement that finds what is left to do. */
@Dependent
public class ErrandRows {
  public List<Errand> find(Database database, int limit) {
    return database
        .sql(AdvanceSql.ERRANDS)
        .set("limit", limit)
        .list(
            row ->
                new Errand(
                    What.valueOf(row.text("what")), row.number("tenant_id"), row.number("id")))
        .stream()
        .distinct()
        .toList();
  }
}
