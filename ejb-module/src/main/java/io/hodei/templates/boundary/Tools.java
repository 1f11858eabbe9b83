package io.hodei.templates.boundary;

import io.hodei.platform.DomainException;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import io.hodei.templates.control.ToolRows;
import io.hodei.templates.entity.NewTool;
import io.hodei.templates.entity.Tool;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/** The programs that prompts of a tenant can be for. */
@Stateless
public class Tools {
  private final TenantDatabase databases;
  private final ToolRows rows;

  @Inject
  public Tools(TenantDatabase databases, ToolRows rows) {
    this.databases = databases;
    this.rows = rows;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Tools() {
    this(null, null);
  }

  public List<Tool> list(Caller caller) {
    return rows.list(databases.in(caller.tenantId()), caller.tenantId());
  }

  /**
   * One tool.
   *
   * @throws DomainException NOT_FOUND
   */
  public Tool get(Caller caller, String name) {
    return rows.find(databases.in(caller.tenantId()), caller.tenantId(), name)
        .orElseThrow(() -> DomainException.notFound("tool", name));
  }

  /** Makes or replaces it; jobs that were made already keep what they have. */
  public Tool put(Caller caller, NewTool tool) {
    rows.put(databases.in(caller.tenantId()), caller.tenantId(), tool);
    return get(caller, tool.name());
  }

  /**
   * Removes it. Prompts that name it stay and cannot be run until there is one of that name.
   *
   * @throws DomainException NOT_FOUND
   */
  public void delete(Caller caller, String name) {
    if (!rows.delete(databases.in(caller.tenantId()), caller.tenantId(), name)) {
      throw DomainException.notFound("tool", name);
    }
  }
}
