package io.hodei.runs.boundary;

import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.TenantDatabase;
import io.hodei.runs.control.RunGraphs;
import io.hodei.runs.control.RunReader;
import io.hodei.runs.entity.GraphNode;
import io.hodei.runs.entity.Progress;
import io.hodei.runs.entity.Run;
import io.hodei.runs.entity.RunFilter;
import io.hodei.runs.entity.RunStep;
import io.hodei.runs.entity.StepKey;
import io.hodei.runs.entity.StepState;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/** Reads runs of the caller's tenant. */
@Stateless
public class RunLookup {
  private final TenantDatabase databases;
  private final RunReader reader;
  private final RunGraphs graphs;

  @Inject
  public RunLookup(TenantDatabase databases, RunReader reader, RunGraphs graphs) {
    this.databases = databases;
    this.reader = reader;
    this.graphs = graphs;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected RunLookup() {
    this(null, null, null);
  }

  /**
   * One run.
   *
   * @throws DomainException NOT_FOUND
   */
  public Run get(Caller caller, long id) {
    return reader.get(databases.in(caller.tenantId()), caller.tenantId(), id);
  }

  /**
   * At most so many, newest first.
   *
   * @param before the id after which the page begins; 0 for the first
   */
  public List<Run> list(Caller caller, RunFilter filter, long before, int limit) {
    return reader.list(databases.in(caller.tenantId()), caller.tenantId(), filter, before, limit);
  }

  /**
   * At most so many steps and instances of a run, in their order.
   *
   * @param states empty: any
   * @param after the one after which the page begins
   * @throws DomainException NOT_FOUND
   */
  public List<RunStep> steps(
      Caller caller, long id, Set<StepState> states, StepKey after, int limit) {
    Database database = databases.in(caller.tenantId());
    reader.get(database, caller.tenantId(), id);
    return reader.steps(database, caller.tenantId(), id, states, after, limit);
  }

  /**
   * Every step with what it depends on.
   *
   * @throws DomainException NOT_FOUND
   */
  public List<GraphNode> graph(Caller caller, long id) {
    Database database = databases.in(caller.tenantId());
    return graphs.graph(database, reader.get(database, caller.tenantId(), id));
  }

  /**
   * How far it has come and how long it will take.
   *
   * @throws DomainException NOT_FOUND
   */
  public Progress progress(Caller caller, long id) {
    Database database = databases.in(caller.tenantId());
    return graphs.progress(database, reader.get(database, caller.tenantId(), id));
  }
}
