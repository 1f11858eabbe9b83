package io.hodei.jobs.control;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What must hold before an agent gets a job. The claim statement and the explanation why a job
 * waits are both made of this list, so they cannot disagree.
 *
 * <p>Names in the conditions: {@code j} jobs, {@code d} demands, {@code q} pools, {@code a} agents,
 * {@code s} agent_sessions.
 */
final class ClaimRules {
  /**
   * One condition.
   *
   * @param code for programs when it does not hold
   * @param message for people when it does not hold
   */
  record Rule(String code, String condition, String message) {}

  /** About the job and its pool alone. */
  static final List<Rule> OF_JOB =
      List.of(
          new Rule("NOT_QUEUED", "j.state = 'QUEUED'", "The job is not in a queue."),
          new Rule("NOT_DUE", "j.available_at <= clock_timestamp()", "The job is not due yet."),
          new Rule(
              "POOL_PAUSED",
              "q.state <> 'PAUSED'",
              "The pool is paused. Resume it to let its jobs start."));

  /** About an agent for the job. */
  static final List<Rule> OF_AGENT =
      List.of(
          new Rule(
              "AGENT_OFFLINE",
              "s.id is not null and s.ended_at is null and s.renewed_until > clock_timestamp()",
              "not connected"),
          new Rule("AGENT_DRAINING", "a.state = 'ENABLED'", "draining or disabled"),
          new Rule(
              "OTHER_POOL", "a.server_side or d.pool = any(a.pools)", "does not serve the pool"),
          new Rule(
              "OTHER_EXECUTOR",
              "d.executor = any(a.executors) and a.server_side = (d.executor in ('http',"
                  + " 'cloud-run'))",
              "does not have the executor"),
          new Rule("OTHER_LABELS", "a.labels @> d.labels", "does not have the labels"));

  private ClaimRules() {}

  /** All conditions, joined by {@code and}. */
  static String all() {
    return conjunction(OF_JOB) + "\n and " + conjunction(OF_AGENT);
  }

  private static String conjunction(List<Rule> rules) {
    return rules.stream()
        .map(rule -> "(" + rule.condition() + ")")
        .collect(Collectors.joining("\n and "));
  }

  /** The conditions as columns named by their codes, in lower case. */
  static String columns(List<Rule> rules) {
    return rules.stream()
        .map(
            rule ->
                "coalesce("
                    + rule.condition()
                    + ", false) as "
                    + rule.code().toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
