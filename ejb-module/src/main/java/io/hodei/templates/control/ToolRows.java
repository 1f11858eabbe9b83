package io.hodei.templates.control;

import io.hodei.platform.Database;
import io.hodei.platform.FlatJson;
import io.hodei.platform.Row;
import io.hodei.templates.entity.NewTool;
import io.hodei.templates.entity.Tool;
import jakarta.enterprise.context.Dependent;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Runs the statements on tools. */
@Dependent
public class ToolRows {
  public List<Tool> list(Database database, long tenantId) {
    return database.sql(ToolSql.LIST).set("tenant", tenantId).list(ToolRows::tool);
  }

  public Optional<Tool> find(Database database, long tenantId, String name) {
    return database
        .sql(ToolSql.BY_NAME)
        .set("tenant", tenantId)
        .set("name", name)
        .first(ToolRows::tool);
  }

  /** Makes or replaces it; answers whether it is new. */
  public boolean put(Database database, long tenantId, NewTool tool) {
    return database
        .sql(ToolSql.PUT)
        .set("tenant", tenantId)
        .set("name", tool.name())
        .set("command", tool.command().toArray(String[]::new))
        .set("environment", FlatJson.write(tool.environment()))
        .set("pool", tool.pool())
        .set("requires", FlatJson.write(tool.requires()))
        .one(row -> row.integer("version") == 1);
  }

  /** Whether it was there. */
  public boolean delete(Database database, long tenantId, String name) {
    return database.sql(ToolSql.DELETE).set("tenant", tenantId).set("name", name).update() > 0;
  }

  private static Tool tool(Row row) throws SQLException {
    return new Tool(
        new NewTool(
            row.text("name"),
            List.of(row.texts("command")),
            FlatJson.read(row.text("environment")),
            row.textOrNull("pool"),
            FlatJson.read(row.text("requires"))),
        row.integer("version"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }
}
