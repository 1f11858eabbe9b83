package io.hodei.jobs.control;

import io.hodei.cluster.Term;
import io.hodei.jobs.entity.AttemptKey;
import io.hodei.jobs.entity.DemandInfo;
import io.hodei.jobs.entity.EndReport;
import io.hodei.jobs.entity.HeldAttempt;
import io.hodei.jobs.entity.JobSpec;
import io.hodei.jobs.entity.JobState;
import io.hodei.jobs.entity.LeasedJob;
import io.hodei.jobs.entity.Ticket;
import io.hodei.platform.Database;
import io.hodei.platform.EngineDatabase;
import io.hodei.platform.FlatJson;
import io.hodei.platform.Row;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs the statements of {@link EngineSql}. */
@Dependent
public class EngineJobs {
  private final EngineDatabase database;
  private final JobRows rows;
  private final EndedTasks tasks;

  @Inject
  public EngineJobs(EngineDatabase database, JobRows rows, EndedTasks tasks) {
    this.database = database;
    this.rows = rows;
    this.tasks = tasks;
  }

  /** A job after a statement, with the ticket it has when it is ready. */
  public record Moved(long tenantId, AttemptKey key, JobState state, Ticket ticket) {}

  public List<LeasedJob> claim(int node, long[] jobs, long[] sessions) {
    return leased(
        database.sql(EngineSql.CLAIM).set("node", node).set("jobs", jobs).set("sessions", sessions),
        false);
  }

  public List<LeasedJob> held(long[] sessions) {
    return leased(database.sql(EngineSql.HELD).set("sessions", sessions), true);
  }

  public List<LeasedJob> notStarted(long[] sessions) {
    return leased(database.sql(EngineSql.NOT_STARTED).set("sessions", sessions), true);
  }

  public List<Ticket> ready(long demand, int limit) {
    return database
        .sql(EngineSql.READY)
        .set("demand", demand)
        .set("limit", limit)
        .list(EngineJobs::ticket);
  }

  public List<DemandInfo> demands(long[] tenants) {
    return database
        .sql(EngineSql.DEMANDS)
        .set("tenants", tenants)
        .list(
            row ->
                new DemandInfo(
                    row.number("id"),
                    row.number("tenant_id"),
                    row.text("pool"),
                    row.text("executor"),
                    FlatJson.read(row.text("labels")),
                    row.text("placement"),
                    row.flag("paused")));
  }

  /** Those of the demands that the servers meet themselves. */
  public Set<Long> serverSide(long[] demands) {
    return new HashSet<>(
        database.sql(EngineSql.SERVER_SIDE).set("ids", demands).list(row -> row.number("id")));
  }

  public List<HeldAttempt> cancels(long[] sessions) {
    return database
        .sql(EngineSql.CANCELS)
        .set("sessions", sessions)
        .list(
            row ->
                new HeldAttempt(
                    row.number("session_id"),
                    row.number("id"),
                    row.integer("epoch"),
                    JobState.valueOf(row.text("state")),
                    grace(row)));
  }

  /** What a cancel says instead of the spec's grace. */
  static @Nullable Duration grace(Row row) throws SQLException {
    Integer millis = row.integerOrNull("grace");
    return millis == null ? null : Duration.ofMillis(millis);
  }

  /** Answers the attempts that run now; {@code changed} gets the jobs whose state changed. */
  public Set<AttemptKey> started(long session, List<AttemptKey> reports, Map<Long, Long> changed) {
    Set<AttemptKey> running = new HashSet<>();
    database
        .sql(EngineSql.STARTED)
        .set("session", session)
        .set("jobs", reports.stream().mapToLong(AttemptKey::jobId).toArray())
        .set("epochs", reports.stream().mapToInt(AttemptKey::epoch).toArray())
        .list(
            row -> {
              if (row.flag("new")) {
                changed.put(row.number("id"), row.number("tenant_id"));
              }
              return running.add(new AttemptKey(row.number("id"), row.integer("epoch")));
            });
    return running;
  }

  /** Those of the attempts that the session holds; they stay its own until the transaction ends. */
  public Set<AttemptKey> lockHeld(long session, List<AttemptKey> attempts) {
    Set<AttemptKey> held =
        new HashSet<>(
            database
                .sql(EngineSql.LOCK_HELD)
                .set("session", session)
                .set("jobs", attempts.stream().mapToLong(AttemptKey::jobId).toArray())
                .list(row -> new AttemptKey(row.number("id"), row.integer("epoch"))));
    held.retainAll(new HashSet<>(attempts));
    return held;
  }

  /** What is known of the jobs of this session, for {@link EndDecision}. */
  Map<AttemptKey, EndDecision.Facts> facts(long session, List<EndReport> reports) {
    Map<AttemptKey, EndDecision.Facts> facts = new HashMap<>();
    if (!reports.isEmpty()) {
      database
          .sql(EngineSql.FACTS)
          .set("session", session)
          .set("jobs", reports.stream().mapToLong(EndReport::jobId).toArray())
          .list(
              row ->
                  facts.put(
                      new AttemptKey(row.number("id"), row.integer("epoch")),
                      new EndDecision.Facts(
                          row.integer("failures"),
                          row.integer("losses"),
                          row.flag("cancel"),
                          row.flag("overdue"),
                          rows.spec(row.number("spec_id"), row.text("document")).retry())));
    }
    return facts;
  }

  List<Moved> ended(long session, List<EndReport> reports, List<EndDecision> decisions) {
    EndedTasks.Batch ended = tasks.batch();
    List<Moved> moved =
        database
            .sql(EngineSql.ENDED)
            .set("session", session)
            .set("jobs", reports.stream().mapToLong(EndReport::jobId).toArray())
            .set("epochs", reports.stream().mapToInt(EndReport::epoch).toArray())
            .set(
                "states",
                decisions.stream().map(decision -> decision.next().name()).toArray(String[]::new))
            .set("attempts", decisions.stream().map(EndDecision::attempt).toArray(String[]::new))
            .set(
                "failed",
                decisions.stream().mapToInt(decision -> decision.failed() ? 1 : 0).toArray())
            .set("lost", decisions.stream().mapToInt(decision -> decision.lost() ? 1 : 0).toArray())
            .set(
                "delays",
                decisions.stream()
                    .mapToLong(decision -> SpecDocument.micros(decision.delay()))
                    .toArray())
            .set("exits", reports.stream().mapToInt(EngineJobs::exitCode).toArray())
            .set("signals", reports.stream().mapToInt(EndReport::signal).toArray())
            .set("reasons", decisions.stream().map(EndDecision::reason).toArray(String[]::new))
            .set("cpus", reports.stream().mapToLong(EndReport::cpuMicros).toArray())
            .set("memories", reports.stream().mapToLong(EndReport::peakMemoryBytes).toArray())
            .set("begun", flags(reports, EndReport::begun))
            .set("trees", flags(reports, EndReport::treeEnded))
            .set("results", reports.stream().map(EndReport::result).toArray(String[]::new))
            .list(row -> moved(row, ended));
    ended.tell(database);
    return moved;
  }

  /** Takes attempts back from their sessions; {@code attempt} is LOST or RETURNED. */
  public List<Moved> takenBack(
      List<HeldAttempt> held, String attempt, String reason, int maxLosses) {
    if (held.isEmpty()) {
      return List.of();
    }
    EndedTasks.Batch ended = tasks.batch();
    List<Moved> moved =
        database
            .sql(EngineSql.TAKEN_BACK)
            .set("jobs", held.stream().mapToLong(HeldAttempt::jobId).toArray())
            .set("epochs", held.stream().mapToInt(HeldAttempt::epoch).toArray())
            .set("sessions", held.stream().mapToLong(HeldAttempt::sessionId).toArray())
            .set("attempt", attempt)
            .set("reason", reason)
            .set("maxLosses", maxLosses)
            .list(row -> moved(row, ended));
    ended.tell(database);
    return moved;
  }

  /** Makes due jobs ready; answers their tickets, {@code changed} gets them with their tenants. */
  public List<Ticket> due(Term term, int limit, Map<Long, Long> changed) {
    return ofDuty(EngineSql.DUE, term, limit)
        .list(
            row -> {
              changed.put(row.number("id"), row.number("tenant_id"));
              return ticket(row);
            });
  }

  /** How long until the next job is due; empty when none waits for its time. */
  public Optional<Duration> untilDue() {
    return database
        .sql(EngineSql.UNTIL_DUE)
        .first(row -> Duration.of(Math.max(row.number("micros"), 0), ChronoUnit.MICROS));
  }

  public int expire(Term term, int limit, Map<Long, Long> changed) {
    EndedTasks.Batch ended = tasks.batch();
    int count =
        ofDuty(EngineSql.EXPIRE, term, limit)
            .list(
                row -> {
                  ended.add(row);
                  return changed.put(row.number("id"), row.number("tenant_id"));
                })
            .size();
    ended.tell(database);
    return count;
  }

  /** Ends or cancels what is beyond its total timeout; answers the attempts to cancel. */
  public List<HeldAttempt> overdue(Term term, int limit, Map<Long, Long> changed) {
    EndedTasks.Batch ended = tasks.batch();
    List<HeldAttempt> attempts =
        ofDuty(EngineSql.OVERDUE, term, limit)
            .list(
                row -> {
                  if (row.number("session_id") == 0) {
                    ended.add(row);
                  }
                  changed.put(row.number("id"), row.number("tenant_id"));
                  return new HeldAttempt(
                      row.number("session_id"),
                      row.number("id"),
                      row.integer("epoch"),
                      JobState.valueOf(row.text("state")));
                });
    ended.tell(database);
    return attempts.stream().filter(attempt -> attempt.sessionId() != 0).toList();
  }

  private Database.Query ofDuty(String sql, Term term, int limit) {
    return database.sql(sql).set("duty", term.duty()).set("term", term.term()).set("limit", limit);
  }

  private List<LeasedJob> leased(Database.Query query, boolean withState) {
    Map<Long, JobSpec> specs = new HashMap<>();
    List<Lease> leases =
        query.list(
            row ->
                new Lease(
                    row.number("id"),
                    row.number("tenant_id"),
                    row.integer("epoch"),
                    row.number("session_id"),
                    row.text("name"),
                    row.number("spec_id"),
                    row.number("demand_id"),
                    row.integer("level"),
                    row.integer("failures"),
                    withState ? JobState.valueOf(row.text("state")) : JobState.LEASED,
                    withState && row.flag("cancel")));
    List<Long> unknown = new ArrayList<>();
    for (Lease lease : leases) {
      rows.findSpec(lease.specId)
          .ifPresentOrElse(spec -> specs.put(lease.specId, spec), () -> unknown.add(lease.specId));
    }
    if (!unknown.isEmpty()) {
      database
          .sql(EngineSql.SPECS)
          .set("ids", unknown.stream().distinct().mapToLong(Long::longValue).toArray())
          .list(
              row ->
                  specs.put(row.number("id"), rows.spec(row.number("id"), row.text("document"))));
    }
    return leases.stream().map(lease -> lease.with(specs)).toList();
  }

  private static int exitCode(EndReport report) {
    return report.outcome() == EndReport.Outcome.EXITED && report.signal() == 0
        ? report.exitCode()
        : -1;
  }

  private static boolean[] flags(List<EndReport> reports, Predicate<EndReport> flag) {
    boolean[] flags = new boolean[reports.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = flag.test(reports.get(i));
    }
    return flags;
  }

  private static Ticket ticket(Row row) throws SQLException {
    return new Ticket(row.number("id"), row.number("demand_id"), row.integer("level"));
  }

  private static Moved moved(Row row, EndedTasks.Batch ended) throws SQLException {
    JobState state = JobState.valueOf(row.text("state"));
    if (state.isTerminal()) {
      ended.add(row);
    }
    return new Moved(
        row.number("tenant_id"),
        new AttemptKey(row.number("id"), row.integer("epoch")),
        state,
        ticket(row));
  }

  private record Lease(
      long id,
      long tenantId,
      int epoch,
      long sessionId,
      String name,
      long specId,
      long demandId,
      int level,
      int failures,
      JobState state,
      boolean cancel) {
    LeasedJob with(Map<Long, JobSpec> specs) {
      return new LeasedJob(
          id,
          tenantId,
          epoch,
          sessionId,
          name,
          java.util.Objects.requireNonNull(specs.get(specId)),
          demandId,
          level,
          failures,
          state,
          cancel);
    }
  }
}
