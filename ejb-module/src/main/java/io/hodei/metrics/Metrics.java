package io.hodei.metrics;

import io.hodei.jobs.entity.JobQueried;
import io.hodei.schedules.entity.FiredLate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;
import org.eclipse.microprofile.metrics.annotation.RegistryScope;

/** Counts and times. Label values come from closed sets: routes, codes, lanes; never from input. */
@ApplicationScoped
public class Metrics {
  private final MetricRegistry registry;

  /** The registry makes and compares its names anew for each look-up; this one is per request. */
  private final Map<Answered, Timer> requests = new ConcurrentHashMap<>();

  private record Answered(String method, String route, int hundreds) {}

  @Inject
  public Metrics(@RegistryScope(scope = MetricRegistry.APPLICATION_SCOPE) MetricRegistry registry) {
    this.registry = registry;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Metrics() {
    this(null);
  }

  /** From the request to the acknowledged commit. */
  public void jobsCreated(int jobs, Duration duration) {
    registry
        .timer(described("job_creation_duration_seconds", "Request to acknowledged commit"))
        .update(duration);
    registry.counter(described("jobs_submitted_total", "Jobs accepted")).inc(jobs);
  }

  /** A query for jobs that went to the database. */
  void jobQuery(@Observes JobQueried event) {
    registry
        .counter(described("job_query_total", "Queries for jobs that went to the database"))
        .inc();
  }

  /** From the time a tick was due to the commit of its job. */
  void fired(@Observes(during = TransactionPhase.AFTER_SUCCESS) FiredLate event) {
    var timer =
        registry.timer(
            described("schedule_fire_delay_seconds", "From a tick's time to its job's commit"));
    event.lateness().forEach(timer::update);
  }

  /** A request that was answered. */
  public void request(String method, String route, int status, Duration duration) {
    requests
        .computeIfAbsent(new Answered(method, route, status / 100), this::requestTimer)
        .update(duration);
  }

  private Timer requestTimer(Answered answered) {
    return registry.timer(
        described("http_request_duration_seconds", "Requests by route"),
        new Tag("method", answered.method),
        new Tag("route", answered.route),
        new Tag("status", answered.hundreds + "xx"));
  }

  /** A request that was refused. */
  public void refusal(String code) {
    registry
        .counter(described("http_refusals_total", "Problems by code"), new Tag("code", code))
        .inc();
  }

  /** Changes of jobs that the cluster has seen, by topic. */
  public void transitions(String topic, int items) {
    registry
        .counter(
            described("job_transitions_total", "Events of jobs relayed, by topic"),
            new Tag("topic", topic))
        .inc(items);
  }

  /** A value that is asked for when somebody looks. */
  public void gauge(String name, String description, Supplier<Number> value, Tag... tags) {
    registry.gauge(described(name, description), value, tags);
  }

  private static Metadata described(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
  }
}
