package io.hodei.runs.boundary;

import io.hodei.platform.EngineDatabase;
import io.hodei.runs.control.ErrandRows;
import io.hodei.runs.entity.RunsTouched.Errand;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/** Finds what is left to do for runs of all tenants. Reads only. */
@Stateless
public class RunErrands {
  private final EngineDatabase database;
  private final ErrandRows rows;

  @Inject
  public RunErrands(EngineDatabase database, ErrandRows rows) {
    this.database = database;
    this.rows = rows;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected RunErrands() {
    this(null, null);
  }

  /** What nobody has done yet; about {@code limit} of each kind. */
  public List<Errand> find(int limit) {
    return rows.find(database, limit);
  }
}
