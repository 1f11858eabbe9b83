package io.hodei.runs.boundary;

import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.runs.control.Reruns;
import io.hodei.runs.entity.NewRun;
import io.hodei.security.Caller;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** Makes runs inside somebody's transaction. */
@Dependent
public class RunStarts {
  private final Reruns starts;

  @Inject
  public RunStarts(Reruns starts) {
    this.starts = starts;
  }

  /**
   * Makes a run; answers its id.
   *
   * @throws DomainException NOT_FOUND, INVALID with all that is wrong with the parameters, CONFLICT
   *     when the pipeline allows no more and says REJECT
   */
  public long start(Database database, Caller caller, NewRun run) {
    return starts.start(database, caller, run);
  }

  /**
   * Sees whether such a run could be made.
   *
   * @throws DomainException NOT_FOUND, INVALID with pointers below {@code /parameters}
   */
  public void check(Database database, long tenant, NewRun run) {
    starts.check(database, tenant, run);
  }
}
