package io.hodei.runs.boundary;

import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.TenantDatabase;
import io.hodei.runs.control.Reruns;
import io.hodei.runs.control.RunReader;
import io.hodei.runs.entity.NewRun;
import io.hodei.runs.entity.Rerun;
import io.hodei.runs.entity.Run;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Makes runs. What it returns is durable when its transaction has committed. */
@Stateless
public class RunSubmission {
  private final TenantDatabase databases;
  private final Reruns starts;
  private final RunReader reader;

  @Inject
  public RunSubmission(TenantDatabase databases, Reruns starts, RunReader reader) {
    this.databases = databases;
    this.starts = starts;
    this.reader = reader;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected RunSubmission() {
    this(null, null, null);
  }

  /**
   * Makes a run; it is QUEUED when its pipeline has as many as it allows.
   *
   * @throws DomainException NOT_FOUND, INVALID with all that is wrong with the parameters, CONFLICT
   *     when the pipeline allows no more and says REJECT
   */
  public Run start(Caller caller, NewRun run) {
    Database database = databases.in(caller.tenantId());
    return reader.get(database, caller.tenantId(), starts.start(database, caller, run));
  }

  /**
   * Makes a run that repeats an ended one and takes over what succeeded and is not to run again.
   *
   * @throws DomainException NOT_FOUND, INVALID, CONFLICT when the run has not ended or nothing is
   *     left to do
   */
  public Run rerun(Caller caller, long id, Rerun how) {
    Database database = databases.in(caller.tenantId());
    Run before = reader.get(database, caller.tenantId(), id);
    return reader.get(database, caller.tenantId(), starts.rerun(database, caller, before, how));
  }
}
