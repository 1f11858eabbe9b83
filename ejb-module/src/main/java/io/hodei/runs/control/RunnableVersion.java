package io.hodei.runs.control;

import io.hodei.pipelines.boundary.CompiledPipeline;
import io.hodei.pipelines.entity.Graph;
import io.hodei.pipelines.entity.Pipeline;
import io.hodei.pipelines.entity.Step;
import io.hodei.pipelines.entity.Work;
import java.util.List;

/**
 * A version of a pipeline as runs use it.
 *
 * @param number of the version
 */
record RunnableVersion(long pipelineId, long id, int number, CompiledPipeline compiled) {
  Pipeline pipeline() {
    return compiled.pipeline();
  }

  Graph graph() {
    return compiled.graph();
  }

  Step step(int position) {
    return compiled.step(position);
  }

  List<Step> steps() {
    return pipeline().steps();
  }

  boolean has(Step.Phase phase) {
    return steps().stream().anyMatch(step -> step.phase() == phase);
  }

  /** The word for what a step does, as the tables know it. */
  static String kind(Work work) {
    return switch (work) {
      case Work.OfJob job -> "JOB";
      case Work.OfTemplate template -> "TEMPLATE";
      case Work.OfPipeline pipeline -> "PIPELINE";
      case Work.Approval approval -> "APPROVAL";
      case Work.Timer timer -> "TIMER";
      case Work.Signal signal -> "SIGNAL";
      case Work.OfEvent event -> "EVENT";
    };
  }
}
