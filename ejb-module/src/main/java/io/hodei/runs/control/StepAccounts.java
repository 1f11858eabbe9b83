package io.hodei.runs.control;

import io.hodei.platform.Database;
import io.hodei.runs.entity.StepKey;
import io.hodei.runs.entity.StepState;
import jakarta.enterprise.context.Dependent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Ends steps and counts them. Whoever calls it holds the locks of the runs, so that each end is
 * counted once. Does not begin anything: what became READY is begun by {@link RunAdvancing}.
 */
@Dependent
public class StepAccounts {
  /** How a step shall end. */
  record End(StepKey key, StepState state, @Nullable String reason, @Nullable String outputs) {}

  /** Locks runs; nothing waits for a job while it holds one. */
  void lock(Database database, long... runs) {
    database.sql(AccountSql.LOCK).set("runs", runs).list(row -> row.number("id"));
  }

  /** Ends the steps whose jobs have ended. */
  void endOfJobs(Database database, long[] jobs) {
    count(database, database.sql(AccountSql.END_OF_JOBS).set("jobs", jobs).list(EndedStep::read));
  }

  /** Ends steps of one run; those that have ended stay as they are. Answers how many ended. */
  int end(Database database, long run, List<End> ends) {
    if (ends.isEmpty()) {
      return 0;
    }
    List<EndedStep> ended =
        database
            .sql(AccountSql.END)
            .set("run", run)
            .set("steps", ends.stream().mapToInt(end -> end.key().step()).toArray())
            .set("instances", ends.stream().mapToInt(end -> end.key().instance()).toArray())
            .set("states", texts(ends, end -> end.state().name()))
            .set("reasons", texts(ends, End::reason))
            .set("outputs", texts(ends, End::outputs))
            .list(EndedStep::read);
    count(database, ended);
    return ended.size();
  }

  /** Ends every step of these phases that has not begun. */
  void endNotBegun(
      Database database, long run, int fromPhase, int toPhase, StepState state, String reason) {
    count(
        database,
        database
            .sql(AccountSql.END_NOT_BEGUN)
            .set("run", run)
            .set("from", fromPhase)
            .set("to", toPhase)
            .set("state", state.name())
            .set("reason", reason)
            .list(EndedStep::read));
  }

  /** Ends the instances that have not begun, of steps that were ended as a whole. */
  void endInstances(Database database, long run, int step) {
    note(
        database,
        database
            .sql(AccountSql.END_INSTANCES)
            .set("run", run)
            .set("steps", new int[] {step})
            .list(EndedStep::read));
  }

  private void count(Database database, List<EndedStep> ended) {
    if (ended.isEmpty()) {
      return;
    }
    List<EndedStep> instances = ended.stream().filter(EndedStep::isInstance).toList();
    List<EndedStep> steps = new ArrayList<>(ended);
    steps.removeIf(EndedStep::isInstance);
    List<EndedStep> all = new ArrayList<>(ended);
    if (!instances.isEmpty()) {
      List<EndedStep> complete = countInstances(database, instances);
      steps.addAll(complete);
      all.addAll(complete);
    }
    if (!steps.isEmpty()) {
      countSteps(database, steps);
    }
    note(database, all);
  }

  private static List<EndedStep> countInstances(Database database, List<EndedStep> instances) {
    Map<Long, Boolean> fails = new HashMap<>();
    instances.forEach(one -> fails.merge(one.runId(), one.fails(), Boolean::logicalOr));
    List<Map.Entry<Long, Boolean>> runs = List.copyOf(fails.entrySet());
    database
        .sql(AccountSql.PENDING)
        .set("runs", runs.stream().mapToLong(Map.Entry::getKey).toArray())
        .set("fails", flags(runs, Map.Entry::getValue))
        .update();
    return database
        .sql(AccountSql.COUNT_INSTANCES)
        .set("runs", runs(instances))
        .set("steps", numbers(instances, EndedStep::step))
        .set("bad", flags(instances, one -> one.state() != StepState.SUCCEEDED))
        .list(EndedStep::read);
  }

  private static void countSteps(Database database, List<EndedStep> steps) {
    database
        .sql(AccountSql.COUNT_STEPS)
        .set("runs", runs(steps))
        .set("steps", numbers(steps, EndedStep::step))
        .set("phases", numbers(steps, EndedStep::phase))
        .set("good", flags(steps, EndedStep::good))
        .set("fails", flags(steps, EndedStep::fails))
        .update();
  }

  private static void note(Database database, List<EndedStep> ended) {
    if (!ended.isEmpty()) {
      database
          .sql(AccountSql.NOTE)
          .set("runs", runs(ended))
          .set("names", texts(ended, EndedStep::name))
          .set("instances", numbers(ended, EndedStep::instance))
          .set("states", texts(ended, one -> one.state().name()))
          .update();
    }
  }

  private static long[] runs(List<EndedStep> steps) {
    return steps.stream().mapToLong(EndedStep::runId).toArray();
  }

  private static int[] numbers(List<EndedStep> steps, ToIntFunction<EndedStep> number) {
    return steps.stream().mapToInt(number).toArray();
  }

  private static <T> String[] texts(List<T> items, Function<T, @Nullable String> text) {
    String[] texts = new String[items.size()];
    for (int i = 0; i < texts.length; i++) {
      String value = text.apply(items.get(i));
      texts[i] = value == null ? "" : value;
    }
    return texts;
  }

  private static <T> boolean[] flags(List<T> items, Function<T, Boolean> flag) {
    boolean[] flags = new boolean[items.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = flag.apply(items.get(i));
    }
    return flags;
  }
}
