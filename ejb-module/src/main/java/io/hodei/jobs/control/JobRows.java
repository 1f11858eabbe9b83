package io.hodei.jobs.control;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hodei.jobs.entity.Attempt;
import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobSpec;
import io.hodei.jobs.entity.JobState;
import io.hodei.jobs.entity.Priority;
import io.hodei.platform.FlatJson;
import io.hodei.platform.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Reads rows into jobs. Specs are immutable: each is parsed once and shared by all jobs that have
 * it.
 */
@ApplicationScoped
public class JobRows {
  private final Cache<Long, JobSpec> specs = Caffeine.newBuilder().maximumSize(20_000).build();

  /** Reads a row of a statement of {@link LookupSql}. */
  public Job job(Row row) throws SQLException {
    return new Job(
        row.number("id"),
        row.number("tenant_id"),
        row.text("name"),
        JobState.valueOf(row.text("state")),
        row.text("pool"),
        FlatJson.read(row.text("requires")),
        Priority.ofCode(row.integer("level")),
        FlatJson.read(row.textOrNull("labels")),
        spec(row.number("spec_id"), row.text("document")),
        row.integer("epoch"),
        row.integer("failures"),
        row.integer("losses"),
        row.integer("version"),
        row.instant("available_at"),
        row.instant("created_at"),
        row.instantOrNull("queued_at"),
        row.instantOrNull("started_at"),
        row.instantOrNull("completed_at"),
        row.instantOrNull("cancel_requested_at"),
        row.numberOrNull("agent_id"),
        row.textOrNull("agent_name"),
        row.integerOrNull("exit_code"),
        row.integerOrNull("signal"),
        row.textOrNull("reason"),
        row.textOrNull("result"),
        row.numberOrNull("retry_of"),
        row.numberOrNull("replayed_as"),
        row.numberOrNull("run_id"),
        row.textOrNull("step"));
  }

  /** The spec of this id, from memory or from its document. */
  public JobSpec spec(long id, String document) {
    return specs.get(id, ignored -> SpecDocument.read(document));
  }

  /** The spec of this id, if it is in memory. */
  public Optional<JobSpec> findSpec(long id) {
    return Optional.ofNullable(specs.getIfPresent(id));
  }

  static Attempt attempt(Row row) throws SQLException {
    return new Attempt(
        row.number("job_id"),
        row.integer("epoch"),
        row.text("state"),
        row.number("agent_id"),
        row.textOrNull("agent_name"),
        row.instant("leased_at"),
        row.instantOrNull("started_at"),
        row.instantOrNull("finished_at"),
        row.integerOrNull("exit_code"),
        row.integerOrNull("signal"),
        row.textOrNull("reason"),
        row.numberOrNull("cpu_micros"),
        row.numberOrNull("peak_memory_bytes"),
        row.flag("tree_ended"),
        row.textOrNull("execution_name"));
  }
}
