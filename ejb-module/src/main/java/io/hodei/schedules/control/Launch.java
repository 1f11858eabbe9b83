package io.hodei.schedules.control;

import io.hodei.jobs.boundary.JobControl;
import io.hodei.jobs.boundary.JobInput;
import io.hodei.jobs.boundary.JobSubmission;
import io.hodei.jobs.entity.JobSpec;
import io.hodei.jobs.entity.NewJob;
import io.hodei.json.FieldErrors;
import io.hodei.json.JsonFields;
import io.hodei.schedules.entity.Schedule;
import io.hodei.schedules.entity.Target.JobTarget;
import io.hodei.security.Caller;
import io.hodei.security.Role;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts what schedules are for, in the transaction of the caller. */
@Dependent
public class Launch {
  /** The label of the jobs that a schedule makes. */
  public static final String LABEL = "hodei/schedule";

  private final JobSubmission submission;
  private final JobControl control;

  @Inject
  public Launch(JobSubmission submission, JobControl control) {
    this.submission = submission;
    this.control = control;
  }

  /** A tick of a schedule. */
  record Order(Schedule schedule, Instant tick) {}

  /**
   * Makes a job for each; answers their ids in the same order.
   *
   * @param token in whose name
   */
  long[] start(long tenantId, long token, List<Order> orders) {
    return submission.submit(caller(tenantId, token), orders.stream().map(Launch::job).toList());
  }

  void cancel(Schedule schedule, List<Long> jobs, String reason) {
    Caller caller = caller(schedule.tenantId(), schedule.createdBy());
    jobs.forEach(job -> control.cancel(caller, job, reason));
  }

  static Caller caller(long tenantId, long token) {
    return new Caller(
        tenantId, "", token, "schedules", Role.SUBMITTER, Role.SUBMITTER.permissions());
  }

  private static NewJob job(Order order) {
    NewJob job =
        switch (order.schedule().definition().target()) {
          case JobTarget target -> read(target, order.schedule().name());
        };
    Map<String, String> labels = new HashMap<>(job.labels());
    labels.put(LABEL, order.schedule().name());
    return new NewJob(
        job.name(),
        withTick(job.spec(), order.schedule().definition().tickVariable(), order.tick()),
        job.pool(),
        job.requires(),
        job.priority(),
        labels,
        null);
  }

  private static NewJob read(JobTarget target, String name) {
    FieldErrors errors = new FieldErrors();
    JsonFields fields = JsonFields.of(target.document(), "", errors);
    NewJob job = JobInput.read(fields, fields.mentions("name") ? JobInput.name(fields) : name);
    errors.refuse();
    return job;
  }

  private static JobSpec withTick(JobSpec spec, @Nullable String variable, Instant tick) {
    if (variable == null) {
      return spec;
    }
    Map<String, String> environment = new HashMap<>(spec.environment());
    environment.put(variable, tick.toString());
    return new JobSpec(
        spec.executor(),
        spec.command(),
        spec.shell(),
        environment,
        spec.stdin(),
        spec.workingDirectory(),
        spec.image(),
        spec.killGrace(),
        spec.timeouts(),
        spec.retry(),
        spec.logLimitBytes(),
        spec.external());
  }
}
