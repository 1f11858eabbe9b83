package io.hodei.jobs.boundary;

import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.NewJob;
import io.hodei.platform.DatabaseWatch;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import io.hodei.security.Caller;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts jobs that are submitted one by one, at the same time, into one transaction. Nothing waits
 * for company: what has arrived while the transaction before was committing goes together. Each
 * submit is answered after the commit that holds its job.
 */
@ApplicationScoped
public class SingleSubmits {
  private static final int LANES = 2;
  private static final int MOST_TOGETHER = 500;
  private static final int MOST_WAITING = 5_000;

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final JobSubmission submission;
  private final DatabaseWatch watch;
  private final ManagedThreadFactory threads;
  private final ArrayBlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicInteger turn = new AtomicInteger();
  private volatile List<Loop> lanes = List.of();

  /** Whose jobs may share a transaction: it names one tenant, and the jobs one creator. */
  private record Owner(long tenantId, long tokenId) {
    static Owner of(Caller caller) {
      return new Owner(caller.tenantId(), caller.tokenId());
    }
  }

  private record Waiting(Caller caller, NewJob job, CompletableFuture<Job> answer) {}

  @Inject
  public SingleSubmits(
      JobSubmission submission, DatabaseWatch watch, ManagedThreadFactory threads) {
    this.submission = submission;
    this.watch = watch;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected SingleSubmits() {
    this(null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.DISPATCH) NodeStarting event) {
    List<Loop> started = new ArrayList<>();
    for (int lane = 1; lane <= LANES; lane++) {
      started.add(new Loop("submit-" + lane, Duration.ofSeconds(1), threads, this::submitWaiting));
    }
    lanes = List.copyOf(started);
  }

  void stop(@Observes @Priority(NodeStopping.DISPATCH) NodeStopping event) {
    lanes.forEach(Loop::close);
  }

  /**
   * Makes one job; answers it as it was made.
   *
   * @throws DomainException CONFLICT; BUSY when too many wait already
   * @throws io.hodei.platform.DatabaseFailure when the database does not answer
   */
  public Job submit(Caller caller, NewJob job) {
    watch.refuseWhileHanging();
    List<Loop> open = lanes;
    Waiting mine = new Waiting(caller, job, new CompletableFuture<>());
    if (open.isEmpty() || !queue.offer(mine)) {
      throw new DomainException(
          ErrorCode.BUSY,
          "%d jobs wait to be stored already. Submit again in a moment, or many jobs with one request."
              .formatted(queue.size()));
    }
    open.get(Math.floorMod(turn.getAndIncrement(), open.size())).wake();
    return await(mine.answer);
  }

  private static Job await(CompletableFuture<Job> answer) {
    try {
      return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new DomainException(
          ErrorCode.BUSY,
          "The job was not stored within %d s; it may be stored later. Look for it before you submit it again, or submit with an Idempotency-Key."
              .formatted(LIMIT.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The node stops.", e);
    }
  }

  private void submitWaiting() {
    List<Waiting> batch = new ArrayList<>();
    while (queue.drainTo(batch, MOST_TOGETHER) > 0) {
      Map<Owner, List<Waiting>> byOwner = new LinkedHashMap<>();
      batch.forEach(
          waiting ->
              byOwner
                  .computeIfAbsent(Owner.of(waiting.caller), owner -> new ArrayList<>())
                  .add(waiting));
      byOwner.values().forEach(this::submitTogether);
      batch.clear();
    }
  }

  private void submitTogether(List<Waiting> together) {
    try {
      watch.refuseWhileHanging();
      List<Job> made =
          submission.submitAndShow(
              together.getFirst().caller, together.stream().map(Waiting::job).toList());
      for (int i = 0; i < made.size(); i++) {
        together.get(i).answer.complete(made.get(i));
      }
    } catch (DomainException e) {
      refuse(together, e);
    } catch (RuntimeException e) {
      together.forEach(waiting -> waiting.answer.completeExceptionally(e));
    }
  }

  /** One job that is refused does not take the others with it. */
  private void refuse(List<Waiting> together, DomainException why) {
    if (together.size() == 1) {
      together.getFirst().answer.completeExceptionally(why);
    } else {
      together.forEach(waiting -> submitTogether(List.of(waiting)));
    }
  }
}
