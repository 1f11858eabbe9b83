package io.hodei.schedules.control;

import io.hodei.jobs.boundary.JobControl;
import io.hodei.jobs.boundary.JobInput;
import io.hodei.jobs.boundary.JobSubmission;
import io.hodei.jobs.entity.Cancellation;
import io.hodei.jobs.entity.JobSpec;
import io.hodei.jobs.entity.NewJob;
import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.FieldError;
import io.hodei.runs.boundary.RunControl;
import io.hodei.runs.boundary.RunStarts;
import io.hodei.runs.entity.NewRun;
import io.hodei.schedules.control.FiringRows.Made;
import io.hodei.schedules.entity.Schedule;
import io.hodei.schedules.entity.ScheduleDefinition;
import io.hodei.schedules.entity.Target.JobTarget;
import io.hodei.schedules.entity.Target.PipelineTarget;
import io.hodei.schedules.entity.Target.TemplateTarget;
import io.hodei.security.Caller;
import io.hodei.security.Role;
import io.hodei.templates.boundary.TemplateJobs;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.TemplateRun;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
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
  private final JobControl jobs;
  private final RunStarts starts;
  private final RunControl runs;
  private final TemplateJobs templates;

  @Inject
  public Launch(
      JobSubmission submission,
      JobControl jobs,
      RunStarts starts,
      RunControl runs,
      TemplateJobs templates) {
    this.submission = submission;
    this.jobs = jobs;
    this.starts = starts;
    this.runs = runs;
    this.templates = templates;
  }

  /** A tick of a schedule. */
  record Order(Schedule schedule, Instant tick) {}

  /**
   * Makes a job or a run for each; answers them in the same order.
   *
   * @param token in whose name
   * @throws DomainException when one cannot be made; then none of them may be
   */
  List<Made> start(Database database, long tenantId, long token, List<Order> orders) {
    Caller caller = caller(tenantId, token);
    Made[] made = new Made[orders.size()];
    List<NewJob> batch = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < made.length; i++) {
      Order order = orders.get(i);
      ScheduleDefinition definition = order.schedule().definition();
      switch (definition.target()) {
        case JobTarget target -> batch.add(job(order, read(target, order.schedule().name())));
        case TemplateTarget target -> batch.add(job(order, read(database, tenantId, target)));
        case PipelineTarget target ->
            made[i] =
                new Made(
                    0,
                    starts.start(
                        database, caller, run(target, definition.tickVariable(), order.tick())));
      }
      if (made[i] == null) {
        places.add(i);
      }
    }
    if (!batch.isEmpty()) {
      long[] ids = submission.submit(caller, batch);
      for (int i = 0; i < ids.length; i++) {
        made[places.get(i)] = new Made(ids[i], 0);
      }
    }
    return List.of(made);
  }

  /**
   * Refuses a target that could not be started now.
   *
   * @throws DomainException NOT_FOUND; INVALID with pointers into the schedule's document
   */
  void check(Database database, long tenantId, ScheduleDefinition definition) {
    try {
      switch (definition.target()) {
        case JobTarget target -> {} // It was read with the document.
        case TemplateTarget target -> read(database, tenantId, target);
        case PipelineTarget target ->
            starts.check(database, tenantId, run(target, definition.tickVariable(), Instant.EPOCH));
      }
    } catch (DomainException e) {
      throw new DomainException(
          e.code(),
          String.valueOf(e.getMessage()),
          e.errors().stream().map(error -> below(definition, error)).toList());
    }
  }

  private static FieldError below(ScheduleDefinition definition, FieldError error) {
    String place =
        definition.target() instanceof TemplateTarget ? "/target/template" : "/target/pipeline";
    return new FieldError(place + error.pointer(), error.message());
  }

  /** Asks for the end of what a schedule has made. */
  void cancel(Schedule schedule, List<Made> active, String reason) {
    cancel(caller(schedule.tenantId(), schedule.createdBy()), active, reason);
  }

  public void cancel(Caller caller, List<Made> active, String reason) {
    for (Made one : active) {
      if (one.run() == 0) {
        jobs.cancel(caller, one.job(), Cancellation.because(reason));
      } else {
        runs.cancel(caller, one.run(), reason);
      }
    }
  }

  static Caller caller(long tenantId, long token) {
    return new Caller(
        tenantId, "", token, "schedules", Role.SUBMITTER, Role.SUBMITTER.permissions());
  }

  private static NewRun run(PipelineTarget target, @Nullable String tickName, Instant tick) {
    Map<String, Json> parameters = new HashMap<>(target.parameters());
    if (tickName != null) {
      parameters.put(tickName, new Json.Text(tick.toString()));
    }
    return new NewRun(target.pipeline(), target.version(), parameters);
  }

  private NewJob read(Database database, long tenantId, TemplateTarget target) {
    return TemplateJobs.job(
        templates.find(database, tenantId, Kind.TEMPLATE, target.template(), target.version()),
        TemplateRun.of(target.version(), target.parameters()));
  }

  private static NewJob read(JobTarget target, String name) {
    FieldErrors errors = new FieldErrors();
    JsonFields fields = JsonFields.of(target.document(), "", errors);
    NewJob job = JobInput.read(fields, fields.mentions("name") ? JobInput.name(fields) : name);
    errors.refuse();
    return job;
  }

  private static NewJob job(Order order, NewJob job) {
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
