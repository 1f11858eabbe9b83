package io.hodei.pipelines.boundary;

import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.pipelines.control.PipelineCheck;
import io.hodei.pipelines.control.StepExpressions;
import io.hodei.pipelines.entity.ExpressionFailed;
import io.hodei.pipelines.entity.Graph;
import io.hodei.pipelines.entity.Pipeline;
import io.hodei.pipelines.entity.Scope;
import io.hodei.pipelines.entity.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One version of a pipeline, ready to be executed. Immutable and safe for threads; expressions are
 * compiled when first needed and kept. Get it from {@link CompiledPipelines}.
 *
 * <p>What evaluates an expression throws {@link ExpressionFailed} when there is no value, and
 * nothing else.
 */
public final class CompiledPipeline {
  private final Pipeline pipeline;
  private final Graph graph;
  private final StepExpressions expressions;

  private CompiledPipeline(PipelineCheck.Checked checked) {
    this.pipeline = checked.pipeline();
    this.graph = checked.graph();
    this.expressions = new StepExpressions(checked.pipeline());
  }

  /** The pipeline of a stored version. */
  public static CompiledPipeline of(String canonical) {
    Json json = JsonReader.read(canonical.getBytes(StandardCharsets.UTF_8));
    return new CompiledPipeline(PipelineCheck.trusted((Json.Obj) json));
  }

  public Pipeline pipeline() {
    return pipeline;
  }

  public Graph graph() {
    return graph;
  }

  public Step step(int position) {
    return pipeline.steps().get(position);
  }

  /** The position of a step; -1 when there is none with this id. */
  public int position(String id) {
    return expressions.position(id);
  }

  /** The pointer of a step in the document, for messages. */
  public String place(int step) {
    return expressions.place(step);
  }

  /** The positions of the steps whose states and outputs the expressions of a step name. */
  public int[] uses(int step) {
    return expressions.uses(step);
  }

  /** Whether a step shall run; true when it has no condition. */
  public boolean when(int step, Scope scope) {
    return expressions.when(step, scope);
  }

  /** What a step with {@code map} runs over, at most 10,000 items. */
  public List<Json> map(int step, Scope scope) {
    return expressions.map(step, scope);
  }

  /**
   * What a step works with, all expressions filled: the body of a job as {@code POST /jobs} takes
   * it, without a name; the parameters of a template or pipeline; empty for all else.
   */
  public Json.Obj fill(int step, Scope scope) {
    return expressions.fill(step, scope);
  }

  /** Whether an event is one that a step waits for, when its condition needs the event only. */
  public boolean matches(int step, Json event) {
    return matches(step, new Scope(Map.of(), Map.of(), Map.of(), null, Map.of(), event));
  }

  /** Whether the event of a scope is one that a step waits for; its type is not looked at. */
  public boolean matches(int step, Scope scope) {
    return expressions.matches(step, scope);
  }
}
