package io.hodei.external.entity;

import io.hodei.jobs.entity.AttemptKey;
import io.hodei.jobs.entity.JobSpec;
import io.hodei.platform.Id;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that this node works on now.
 *
 * @param tenant its name, which secrets are found by
 * @param looks the fencing token; 1: nobody has tried to start it before
 * @param executionName how it is called where it runs; null: not known
 * @param cancelTarget what to call to end it; null: nothing
 * @param pipeline name and version of the pipeline whose run it is part of; null: none
 * @param held whether the job is still in this attempt
 * @param overdue whether its run timeout has passed
 * @param putOff how long the other side has taken no calls; zero: it takes them
 */
public record ExternalTask(
    long jobId,
    int epoch,
    long tenantId,
    String tenant,
    long sessionId,
    int looks,
    Phase phase,
    @Nullable String executionName,
    @Nullable String cancelTarget,
    JobSpec spec,
    @Nullable String pipeline,
    boolean held,
    boolean overdue,
    Duration putOff) {
  public AttemptKey attempt() {
    return new AttemptKey(jobId, epoch);
  }

  /** The same for every try to start this attempt, and for no other. */
  public String key() {
    return Id.format(jobId) + "-" + epoch;
  }

  /** Whether it shall end instead of going on. */
  public boolean shallEnd() {
    return overdue || phase == Phase.CANCELLING;
  }
}
