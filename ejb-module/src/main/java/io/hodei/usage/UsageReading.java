package io.hodei.usage;

import io.hodei.platform.DomainException;
import io.hodei.platform.Id;
import io.hodei.platform.Row;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what attempts of the caller's jobs used. */
@Stateless
public class UsageReading {
  private static final Set<String> UNDER_WAY = Set.of("LEASED", "RUNNING");
  private final TenantDatabase tenants;

  @Inject
  public UsageReading(TenantDatabase tenants) {
    this.tenants = tenants;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected UsageReading() {
    this(null);
  }

  /**
   * What one attempt used; the newest one when {@code attempt} is 0.
   *
   * @throws DomainException NOT_FOUND also for an attempt that does not exist
   */
  public AttemptUsage of(Caller caller, long jobId, int attempt) {
    return tenants
        .in(caller.tenantId())
        .sql(UsageSql.READ)
        .set("tenant", caller.tenantId())
        .set("job", jobId)
        .set("epoch", attempt)
        .first(row -> usage(row, jobId))
        .orElseThrow(() -> DomainException.notFound("job", Id.format(jobId)));
  }

  private static AttemptUsage usage(Row row, long jobId) throws SQLException {
    int attempt = row.integer("epoch");
    if (attempt > row.integer("newest")) {
      throw DomainException.notFound("attempt", attempt + " of job " + Id.format(jobId));
    }
    int step = row.integer("step_millis");
    long covered = row.number("covered_millis");
    int[] cpu = numbers(row.textOrNull("cpu")).mapToInt(Math::toIntExact).toArray();
    long[] memory = numbers(row.textOrNull("memory")).toArray();
    Long peak = row.numberOrNull("peak_memory_bytes");
    Long micros = row.numberOrNull("cpu_micros");
    return new AttemptUsage(
        attempt,
        row.instantOrNull("started_at"),
        step,
        covered,
        cpu,
        memory,
        peak == null || peak < 0 ? most(memory) : peak,
        micros == null || micros < 0 ? sum(cpu, step, covered) : micros,
        cpu.length > 0 ? null : note(row.textOrNull("state"), row.text("executor")));
  }

  private static LongStream numbers(@Nullable String text) {
    return text == null
        ? LongStream.empty()
        : Stream.of(text.split(",")).mapToLong(Long::parseLong);
  }

  private static @Nullable Long most(long[] memory) {
    OptionalLong most = Arrays.stream(memory).max();
    return most.isPresent() && most.getAsLong() > 0 ? (Long) most.getAsLong() : null;
  }

  /** Thousandths of a core times milliseconds are microseconds. */
  private static @Nullable Long sum(int[] cpu, int step, long covered) {
    long micros = 0;
    for (int point = 0; point < cpu.length; point++) {
      micros += cpu[point] * Math.min(step, covered - (long) point * step);
    }
    return cpu.length == 0 ? null : (Long) micros;
  }

  private static String note(@Nullable String state, String executor) {
    if (state == null) {
      return "No agent was given the job so far. What it uses shows about 5 seconds after its start.";
    }
    return switch (executor) {
      case "noop" -> "A job of the executor noop starts no process: there is nothing to measure.";
      case "http", "cloud-run" ->
          "A job of the executor %s runs elsewhere, where no agent measures it. Look at the service that it calls."
              .formatted(executor);
      default ->
          UNDER_WAY.contains(state)
              ? "Nothing was measured yet. What it uses shows about 5 seconds after its start, if its"
                  + " agent is of this version."
              : "Nothing was measured over time: it ran for less than 2 seconds, or its agent is of"
                  + " an older version. Its totals stand with the attempt as far as they are known.";
    };
  }
}
