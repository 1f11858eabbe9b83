package io.hodei.runs.control;

import io.hodei.jobs.boundary.JobInput;
import io.hodei.jobs.entity.NewJob;
import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.pipelines.entity.Scope;
import io.hodei.pipelines.entity.Step;
import io.hodei.pipelines.entity.Work;
import io.hodei.platform.DomainException;
import io.hodei.runs.entity.StepState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides what becomes of steps that are ready. Needs no database. */
final class StepPlan {
  static final int MOST_INSTANCES = 10_000;
  private static final int LONGEST_NAME = 200;

  private final RunnableVersion version;
  private final Map<String, Json> signals;

  /**
   * @param signals what was sent to the run, by name
   */
  StepPlan(RunnableVersion version, Map<String, Json> signals) {
    this.version = version;
    this.signals = signals;
  }

  /** What becomes of it; an expression that has no value fails the step. */
  Outcome of(ReadyStep ready, Scope scope) {
    int position = ready.key().step();
    Step step = version.step(position);
    try {
      if (ready.isInstance()) {
        return work(ready, step, scope);
      }
      if (ready.blocked() && step.when() == null) {
        return Outcome.End.skipped("A step it depends on did not succeed.");
      }
      if (step.when() != null && !version.compiled().when(position, scope)) {
        return Outcome.End.skipped("Its condition does not hold.");
      }
      if (step.map() != null) {
        return expand(step, items(version.compiled().map(position, scope)));
      }
      return step.matrix().isEmpty()
          ? work(ready, step, scope)
          : expand(step, combinations(step.matrix()));
    } catch (DomainException e) {
      return Outcome.End.failed(String.valueOf(e.getMessage()));
    }
  }

  private static Outcome expand(Step step, List<String> items) {
    if (items.isEmpty()) {
      return new Outcome.End(StepState.SUCCEEDED, "Its list is empty.", "[]");
    }
    if (items.size() > MOST_INSTANCES) {
      return Outcome.End.failed(
          "It would run %d times; at most %d are allowed.".formatted(items.size(), MOST_INSTANCES));
    }
    int most = step.maxParallel();
    return new Outcome.Expand(items, most == 0 ? items.size() : Math.min(most, items.size()));
  }

  private static List<String> items(List<Json> values) {
    return values.stream().map(value -> JsonText.of("item", value)).toList();
  }

  /** Every combination of the axes, the last one changing fastest; no more than are allowed. */
  static List<String> combinations(Map<String, List<Json>> matrix) {
    List<Map<String, Json>> all = List.of(Map.of());
    for (Map.Entry<String, List<Json>> axis : matrix.entrySet()) {
      List<Map<String, Json>> wider = new ArrayList<>();
      for (Map<String, Json> before : all) {
        for (Json value : axis.getValue()) {
          if (wider.size() > MOST_INSTANCES) {
            break;
          }
          Map<String, Json> one = new LinkedHashMap<>(before);
          one.put(axis.getKey(), value);
          wider.add(one);
        }
      }
      all = wider;
    }
    return all.stream().map(one -> JsonText.of("matrix", new Json.Obj(one))).toList();
  }

  private Outcome work(ReadyStep ready, Step step, Scope scope) {
    return switch (step.work()) {
      case Work.OfJob job -> submit(ready, scope);
      case Work.OfTemplate template ->
          new Outcome.Fill(
              template.template(),
              template.version(),
              version.compiled().fill(ready.key().step(), scope).members(),
              jobName(ready));
      case Work.OfPipeline call ->
          new Outcome.Call(
              call.pipeline(),
              call.version(),
              version.compiled().fill(ready.key().step(), scope).members());
      case Work.Approval approval -> new Outcome.Hold(approval.timeout(), false);
      case Work.Timer timer -> new Outcome.Hold(timer.duration(), false);
      case Work.Signal signal -> {
        Json payload = signals.get(signal.name());
        yield payload == null
            ? new Outcome.Hold(signal.timeout(), false)
            : new Outcome.End(StepState.SUCCEEDED, null, JsonText.of(payload));
      }
      case Work.OfEvent event -> new Outcome.Hold(event.timeout(), true);
    };
  }

  private Outcome submit(ReadyStep ready, Scope scope) {
    Json.Obj body = version.compiled().fill(ready.key().step(), scope);
    FieldErrors errors = new FieldErrors();
    NewJob job = JobInput.read(JsonFields.of(body, "", errors), jobName(ready));
    return errors.isEmpty()
        ? new Outcome.Submit(job)
        : Outcome.End.failed("Its job is not valid: " + errors.refusal().getMessage());
  }

  private String jobName(ReadyStep ready) {
    String name = version.pipeline().name() + "/" + ready.title();
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }

  /** What time makes of a step that waited too long. */
  static StepState onTimeout(Work work) {
    return switch (work) {
      case Work.Approval approval -> state(approval.onTimeout());
      case Work.Signal signal -> state(signal.onTimeout());
      case Work.OfEvent event -> state(event.onTimeout());
      case Work.Timer timer -> StepState.SUCCEEDED;
      case Work.OfJob job -> StepState.FAILED;
      case Work.OfTemplate template -> StepState.FAILED;
      case Work.OfPipeline pipeline -> StepState.FAILED;
    };
  }

  private static StepState state(Work.OnTimeout onTimeout) {
    return switch (onTimeout) {
      case FAIL -> StepState.FAILED;
      case APPROVE -> StepState.SUCCEEDED;
      case SKIP -> StepState.SKIPPED;
    };
  }
}
