package io.hodei.runs.control;

import io.hodei.jobs.boundary.JobSubmission;
import io.hodei.jobs.entity.NewTask;
import io.hodei.json.Json;
import io.hodei.pipelines.entity.Scope;
import io.hodei.pipelines.entity.StepValue;
import io.hodei.pipelines.entity.Work;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.Id;
import io.hodei.runs.entity.StepKey;
import io.hodei.runs.entity.StepState;
import io.hodei.security.Caller;
import io.hodei.security.Role;
import io.hodei.templates.boundary.TemplateJobs;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.TemplateRun;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Begins the steps of a run that are ready: all jobs in one batch, and in the transaction that
 * notes them in their steps. If that dies, the steps are READY still and no job exists.
 */
@Dependent
public class StepBeginning {
  private final RunRows rows;
  private final StepAccounts accounts;
  private final JobSubmission submission;
  private final RunStarting starting;
  private final TemplateJobs templates;

  @Inject
  public StepBeginning(
      RunRows rows,
      StepAccounts accounts,
      JobSubmission submission,
      RunStarting starting,
      TemplateJobs templates) {
    this.rows = rows;
    this.accounts = accounts;
    this.submission = submission;
    this.starting = starting;
    this.templates = templates;
  }

  /** Who submits the jobs of a run: whoever started it, with what a submitter may do. */
  static Caller callerOf(HeldRun run) {
    return new Caller(
        run.tenantId(),
        "",
        run.createdBy(),
        "run %d of %s".formatted(run.number(), run.pipeline()),
        Role.SUBMITTER,
        Role.SUBMITTER.permissions());
  }

  void begin(Database database, HeldRun run, RunnableVersion version, List<ReadyStep> ready) {
    Map<StepKey, Outcome> outcomes = plan(database, run, version, ready);
    fill(database, run.tenantId(), outcomes);
    List<StepAccounts.End> ends = new ArrayList<>();
    submit(database, run, ready, outcomes, ends);
    hold(database, run, outcomes);
    outcomes.forEach(
        (key, outcome) -> {
          switch (outcome) {
            case Outcome.Expand into -> rows.expand(database, run.id(), key.step(), into);
            case Outcome.Call call -> call(database, run, key, call, ends);
            case Outcome.End end ->
                ends.add(new StepAccounts.End(key, end.state(), end.reason(), end.outputs()));
            case Outcome.Submit done -> {}
            case Outcome.Fill filled -> {}
            case Outcome.Hold done -> {}
          }
        });
    accounts.end(database, run.id(), ends);
  }

  private Map<StepKey, Outcome> plan(
      Database database, HeldRun run, RunnableVersion version, List<ReadyStep> ready) {
    Map<String, StepValue> values = upstream(database, run, version, ready);
    boolean signals =
        ready.stream()
            .anyMatch(one -> version.step(one.key().step()).work() instanceof Work.Signal);
    StepPlan plan = new StepPlan(version, signals ? rows.signals(database, run.id()) : Map.of());
    Map<String, Json> parameters = JsonText.members(run.parameters());
    Map<String, Json> self = self(run);
    Map<StepKey, Outcome> outcomes = new LinkedHashMap<>();
    for (ReadyStep one : ready) {
      Map<String, Json> item = one.item() == null ? Map.of() : JsonText.members(one.item());
      Map<String, Json> matrix =
          item.get("matrix") instanceof Json.Obj axes ? axes.members() : Map.of();
      Scope scope = new Scope(parameters, values, self, item.get("item"), matrix, null);
      outcomes.put(one.key(), plan.of(one, scope));
    }
    return outcomes;
  }

  /** Makes jobs of those that have a template; each version is read once. */
  private void fill(Database database, long tenant, Map<StepKey, Outcome> outcomes) {
    Map<Work.OfTemplate, TemplateJobs.Found> found = new HashMap<>();
    outcomes.replaceAll(
        (key, outcome) -> {
          if (!(outcome instanceof Outcome.Fill fill)) {
            return outcome;
          }
          try {
            TemplateJobs.Found template =
                found.computeIfAbsent(
                    new Work.OfTemplate(fill.template(), fill.version(), Map.of()),
                    which ->
                        templates.find(
                            database, tenant, Kind.TEMPLATE, which.template(), which.version()));
            TemplateRun wanted =
                new TemplateRun(fill.version(), fill.parameters(), fill.name(), Map.of(), null);
            return new Outcome.Submit(TemplateJobs.job(template, wanted));
          } catch (DomainException refused) {
            return Outcome.End.failed(
                "Template %s: %s".formatted(fill.template(), refused.getMessage()));
          }
        });
  }

  private Map<String, StepValue> upstream(
      Database database, HeldRun run, RunnableVersion version, List<ReadyStep> ready) {
    Set<Integer> needed = new TreeSet<>();
    ready.stream()
        .map(one -> one.key().step())
        .distinct()
        .forEach(
            step -> {
              for (int used : version.compiled().uses(step)) {
                needed.add(used);
              }
            });
    return rows.values(database, run.id(), needed);
  }

  static Map<String, Json> self(HeldRun run) {
    return Map.of(
        "id",
        new Json.Text(Id.format(run.id())),
        "number",
        new Json.Num(Integer.toString(run.number())),
        "startedAt",
        new Json.Text(String.valueOf(run.startedAt())));
  }

  private void submit(
      Database database,
      HeldRun run,
      List<ReadyStep> ready,
      Map<StepKey, Outcome> outcomes,
      List<StepAccounts.End> ends) {
    List<NewTask> tasks = new ArrayList<>();
    List<StepKey> keys = new ArrayList<>();
    Set<String> closed = drainingPools(run, outcomes);
    for (ReadyStep one : ready) {
      if (outcomes.get(one.key()) instanceof Outcome.Submit submit) {
        if (closed.contains(submit.job().pool())) {
          ends.add(
              new StepAccounts.End(
                  one.key(),
                  StepState.FAILED,
                  "Pool %s is draining and takes no new jobs.".formatted(submit.job().pool()),
                  null));
        } else {
          keys.add(one.key());
          tasks.add(new NewTask(run.id(), one.title(), submit.job()));
        }
      }
    }
    if (!tasks.isEmpty()) {
      long[] jobs = submission.submitTasks(callerOf(run), tasks);
      rows.begun(database, run.id(), keys, jobs, new long[jobs.length]);
    }
  }

  private Set<String> drainingPools(HeldRun run, Map<StepKey, Outcome> outcomes) {
    Set<String> pools = new TreeSet<>();
    outcomes
        .values()
        .forEach(
            outcome -> {
              if (outcome instanceof Outcome.Submit submit) {
                pools.add(submit.job().pool());
              }
            });
    return pools.isEmpty() ? Set.of() : submission.draining(callerOf(run), pools);
  }

  private void hold(Database database, HeldRun run, Map<StepKey, Outcome> outcomes) {
    List<StepKey> keys = new ArrayList<>();
    List<Outcome.Hold> holds = new ArrayList<>();
    outcomes.forEach(
        (key, outcome) -> {
          if (outcome instanceof Outcome.Hold hold) {
            keys.add(key);
            holds.add(hold);
          }
        });
    long[] delays = new long[holds.size()];
    boolean[] events = new boolean[holds.size()];
    for (int i = 0; i < delays.length; i++) {
      var limit = holds.get(i).limit();
      delays[i] = limit == null ? -1 : limit.toNanos() / 1000;
      events[i] = holds.get(i).forEvent();
    }
    rows.hold(database, run.id(), keys, delays, events);
  }

  private void call(
      Database database, HeldRun run, StepKey key, Outcome.Call call, List<StepAccounts.End> ends) {
    try {
      long child = starting.child(database, run, key, call);
      rows.begun(database, run.id(), List.of(key), new long[1], new long[] {child});
    } catch (DomainException refused) {
      ends.add(
          new StepAccounts.End(key, StepState.FAILED, String.valueOf(refused.getMessage()), null));
    }
  }
}
