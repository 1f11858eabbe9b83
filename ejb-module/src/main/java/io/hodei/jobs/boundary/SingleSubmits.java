package io.hodei.jobs.boundary;

import static java.util.stream.Collectors.groupingBy;

import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.NewJob;
import io.hodei.platform.DatabaseWatch;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Together;
import io.hodei.platform.Together.Call;
import io.hodei.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Puts jobs that are submitted one by one, at the same time, into one transaction, see
 * docs/adr/0011. Each submit is answered after the commit that holds its job.
 */
@ApplicationScoped
public class SingleSubmits {
  private final JobSubmission submission;
  private final DatabaseWatch watch;
  private final Together<Submit, Job> together = new Together<>(this::submitWaiting);

  private record Submit(Caller caller, NewJob job) {}

  /** Whose jobs may share a transaction: it names one tenant, and the jobs one creator. */
  private record Owner(long tenantId, long tokenId) {
    static Owner of(Call<Submit, Job> call) {
      Caller caller = call.request().caller;
      return new Owner(caller.tenantId(), caller.tokenId());
    }
  }

  @Inject
  public SingleSubmits(JobSubmission submission, DatabaseWatch watch) {
    this.submission = submission;
    this.watch = watch;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected SingleSubmits() {
    this(null, null);
  }

  /**
   * Makes one job; answers it as it was made.
   *
   * @throws DomainException CONFLICT; BUSY when it was not stored in time
   * @throws io.hodei.platform.DatabaseFailure when the database does not answer
   */
  public Job submit(Caller caller, NewJob job) {
    watch.refuseWhileHanging();
    try {
      return together.call(new Submit(caller, job));
    } catch (TimeoutException e) {
      throw new DomainException(
          ErrorCode.BUSY,
          "The job was not stored within %d s; it may be stored later. Look for it before you submit it again, or submit with an Idempotency-Key."
              .formatted(Together.PATIENCE.toSeconds()));
    }
  }

  private void submitWaiting(List<Call<Submit, Job>> batch) {
    batch.stream()
        .collect(groupingBy(Owner::of, LinkedHashMap::new, Collectors.toList()))
        .values()
        .forEach(this::submitTogether);
  }

  private void submitTogether(List<Call<Submit, Job>> calls) {
    try {
      watch.refuseWhileHanging();
      List<Job> made =
          submission.submitAndShow(
              calls.getFirst().request().caller,
              calls.stream().map(call -> call.request().job).toList());
      for (int i = 0; i < made.size(); i++) {
        calls.get(i).answer(made.get(i));
      }
    } catch (DomainException e) {
      refuse(calls, e);
    } catch (RuntimeException e) {
      calls.forEach(call -> call.fail(e));
    }
  }

  /** One job that is refused does not take the others with it. */
  private void refuse(List<Call<Submit, Job>> calls, DomainException why) {
    if (calls.size() == 1) {
      calls.getFirst().fail(why);
    } else {
      calls.forEach(call -> submitTogether(List.of(call)));
    }
  }
}
