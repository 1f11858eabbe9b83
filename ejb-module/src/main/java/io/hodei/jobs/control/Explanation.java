package io.hodei.jobs.control;

import io.hodei.jobs.control.ClaimRules.Rule;
import io.hodei.jobs.entity.ExternalSpec;
import io.hodei.jobs.entity.JobState;
import io.hodei.jobs.entity.Waiting;
import io.hodei.jobs.entity.Waiting.Reason;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.Id;
import io.hodei.platform.Row;
import jakarta.enterprise.context.Dependent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Asks each rule of the claim for one job, and says which do not hold. */
@Dependent
public class Explanation {
  private static final int MOST_AGENTS = 1_000;
  private static final int MOST_AHEAD = 10_000;

  /**
   * All reasons why a job waits.
   *
   * @throws DomainException NOT_FOUND
   */
  public Waiting of(Database database, long tenantId, long id) {
    Facts job =
        database
            .sql(ExplainSql.JOB)
            .set("tenant", tenantId)
            .set("id", id)
            .first(Facts::of)
            .orElseThrow(() -> DomainException.notFound("job", Id.format(id)));
    if (job.state.isTerminal() || job.state.isHeld()) {
      return new Waiting(job.state, job.putOff(), -1, false);
    }
    List<Reason> reasons = new ArrayList<>();
    ClaimRules.OF_JOB.stream()
        .filter(rule -> job.broken.contains(rule.code()))
        .forEach(rule -> reasons.add(ofJob(rule, job)));
    List<Candidate> agents =
        database
            .sql(ExplainSql.AGENTS)
            .set("tenant", tenantId)
            .set("id", id)
            .set("limit", MOST_AGENTS)
            .list(Candidate::of);
    reasons.addAll(
        ExternalSpec.isExecutor(job.executor)
            ? ofServers(database, tenantId, agents, reasons.isEmpty())
            : ofAgents(job, agents.stream().filter(agent -> !agent.serverSide).toList()));
    long ahead =
        database
            .sql(ExplainSql.POSITION)
            .set("tenant", tenantId)
            .set("demand", job.demandId)
            .set("level", job.level)
            .set("id", id)
            .set("limit", MOST_AHEAD)
            .one(row -> row.number("ahead"));
    if (ahead > 0 && job.state == JobState.QUEUED) {
      reasons.add(
          new Reason(
              "BEHIND_OTHERS",
              "%s%d jobs of the same queue go first."
                  .formatted(ahead >= MOST_AHEAD ? "At least " : "", ahead),
              Map.of()));
    }
    return new Waiting(
        job.state, reasons, job.state == JobState.QUEUED ? ahead : -1, ahead >= MOST_AHEAD);
  }

  private static Reason ofJob(Rule rule, Facts job) {
    Map<String, String> detail =
        switch (rule.code()) {
          case "NOT_DUE" -> Map.of("availableAt", job.availableAt);
          case "POOL_PAUSED" ->
              job.poolReason == null
                  ? Map.of("pool", job.pool)
                  : Map.of("pool", job.pool, "reason", job.poolReason);
          default -> Map.of("state", job.state.name());
        };
    return new Reason(rule.code(), rule.message(), detail);
  }

  /** The servers take every job that is ready, as many at a time as the profile allows. */
  private static List<Reason> ofServers(
      Database database, long tenantId, List<Candidate> agents, boolean ready) {
    boolean draining =
        agents.stream()
            .anyMatch(agent -> agent.serverSide && agent.broken.contains("AGENT_DRAINING"));
    if (draining) {
      return List.of(
          new Reason(
              "SERVERS_DRAINING",
              "The servers' own agent of this tenant is draining. Resume it to let its jobs start.",
              Map.of()));
    }
    long starting =
        database
            .sql(ExplainSql.STARTING)
            .set("tenant", tenantId)
            .set("limit", MOST_AHEAD)
            .one(row -> row.number("starting"));
    return !ready || starting == 0
        ? List.of()
        : List.of(
            new Reason(
                "DISPATCHES_BUSY",
                "The servers begin %d other jobs of this tenant now; each makes as many calls at the same time as the profile allows."
                    .formatted(starting),
                Map.of("starting", Long.toString(starting))));
  }

  private static List<Reason> ofAgents(Facts job, List<Candidate> agents) {
    if (agents.isEmpty()) {
      return List.of(
          new Reason(
              "NO_AGENT",
              "No agent has ever connected. Start one with a token of role AGENT.",
              Map.of()));
    }
    List<Candidate> fitting = agents.stream().filter(agent -> agent.broken.isEmpty()).toList();
    if (fitting.isEmpty()) {
      return List.of(noMatch(job, agents));
    }
    int slots = fitting.stream().mapToInt(agent -> agent.slots).sum();
    long free = fitting.stream().mapToLong(agent -> Math.max(0, agent.slots - agent.held)).sum();
    if (free == 0) {
      return List.of(
          new Reason(
              "AGENTS_BUSY",
              "All %d slots of the %d agents that could take it are in use."
                  .formatted(slots, fitting.size()),
              Map.of(
                  "slots", Integer.toString(slots), "agents", Integer.toString(fitting.size()))));
    }
    return List.of();
  }

  /**
   * Says of every agent what keeps it from taking the job: the nearest miss is the shortest line.
   */
  private static Reason noMatch(Facts job, List<Candidate> agents) {
    Map<String, String> words = new HashMap<>();
    ClaimRules.OF_AGENT.forEach(rule -> words.put(rule.code(), rule.message()));
    Map<String, String> detail = new TreeMap<>();
    agents.stream()
        .limit(20)
        .forEach(
            agent ->
                detail.put(
                    agent.name,
                    String.join(
                        ", ",
                        agent.broken.stream()
                            .map(code -> words.getOrDefault(code, code))
                            .toList())));
    String wants =
        "pool %s, executor %s%s"
            .formatted(
                job.pool, job.executor, job.labels.equals("{}") ? "" : ", labels " + job.labels);
    return new Reason(
        "NO_MATCHING_AGENT",
        "None of %d agents can take it; it needs %s. Connect an agent that has these, or change the job."
            .formatted(agents.size(), wants),
        detail);
  }

  private static List<String> broken(Row row, List<Rule> rules) throws SQLException {
    List<String> codes = new ArrayList<>();
    for (Rule rule : rules) {
      if (!row.flag(rule.code().toLowerCase(Locale.ROOT))) {
        codes.add(rule.code());
      }
    }
    return codes;
  }

  private record Facts(
      JobState state,
      int level,
      long demandId,
      String availableAt,
      String pool,
      String executor,
      String labels,
      @Nullable String poolReason,
      @Nullable String waitsFor,
      @Nullable Instant nextLookAt,
      List<String> broken) {
    /** Why the servers do not go on with it now; empty when they do. */
    List<Reason> putOff() {
      return waitsFor == null || nextLookAt == null
          ? List.of()
          : List.of(
              new Reason(
                  "PUT_OFF",
                  "%s. It is tried again at %s, which costs no attempt."
                      .formatted(waitsFor.replaceFirst("\\.$", ""), nextLookAt),
                  Map.of("until", nextLookAt.toString())));
    }

    static Facts of(Row row) throws SQLException {
      return new Facts(
          JobState.valueOf(row.text("state")),
          row.integer("level"),
          row.number("demand_id"),
          row.instant("available_at").toString(),
          row.text("pool"),
          row.text("executor"),
          row.text("labels"),
          row.textOrNull("pool_reason"),
          row.textOrNull("waits_for"),
          row.instantOrNull("next_look_at"),
          Explanation.broken(row, ClaimRules.OF_JOB));
    }
  }

  private record Candidate(
      String name, int slots, boolean serverSide, long held, List<String> broken) {
    static Candidate of(Row row) throws SQLException {
      return new Candidate(
          row.text("name"),
          row.integer("slots"),
          row.flag("server_side"),
          row.number("held"),
          Explanation.broken(row, ClaimRules.OF_AGENT));
    }
  }
}
