package io.hodei.web.jobs;

import static java.util.stream.Collectors.groupingBy;

import io.hodei.jobs.boundary.JobCache;
import io.hodei.jobs.boundary.JobLookup;
import io.hodei.jobs.entity.Job;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Id;
import io.hodei.platform.Together;
import io.hodei.platform.Together.Call;
import io.hodei.security.Caller;
import io.hodei.web.http.DatabaseGuard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads of one job each: answered from this node's copies, the others together with those that come
 * at the same time, in one transaction and one statement per tenant. A guard, a bean and a
 * transaction cost several times what the statement costs.
 */
@ApplicationScoped
public class JobReads {
  private final JobCache copies;
  private final JobLookup lookup;
  private final DatabaseGuard database;
  private final Together<Read, Optional<Job>> together = new Together<>(this::readWaiting);

  private record Read(Caller caller, long id) {}

  @Inject
  public JobReads(JobCache copies, JobLookup lookup, DatabaseGuard database) {
    this.copies = copies;
    this.lookup = lookup;
    this.database = database;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected JobReads() {
    this(null, null, null);
  }

  /**
   * One job of the caller's tenant.
   *
   * @throws DomainException NOT_FOUND; BUSY when it was not read in time
   */
  public Job get(Caller caller, long id) {
    return copies
        .local(caller.tenantId(), id)
        .or(() -> read(caller, id))
        .orElseThrow(() -> DomainException.notFound("job", Id.format(id)));
  }

  private Optional<Job> read(Caller caller, long id) {
    try {
      return together.call(new Read(caller, id));
    } catch (TimeoutException e) {
      throw new DomainException(
          ErrorCode.BUSY,
          "The job was not read within %d s. Ask again in a moment."
              .formatted(Together.PATIENCE.toSeconds()));
    }
  }

  private void readWaiting(List<Call<Read, Optional<Job>>> calls) {
    calls.stream()
        .collect(groupingBy(call -> call.request().caller.tenantId()))
        .values()
        .forEach(this::readOfOneTenant);
  }

  private void readOfOneTenant(List<Call<Read, Optional<Job>>> calls) {
    try {
      Caller any = calls.getFirst().request().caller;
      long[] ids = calls.stream().mapToLong(call -> call.request().id).distinct().toArray();
      Map<Long, Job> found =
          database.call(() -> lookup.getAll(any, ids)).stream()
              .collect(Collectors.toMap(Job::id, Function.identity()));
      calls.forEach(call -> call.answer(Optional.ofNullable(found.get(call.request().id))));
    } catch (RuntimeException e) {
      calls.forEach(call -> call.fail(e));
    }
  }
}
