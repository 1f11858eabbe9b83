package io.hodei.runs.control;

import io.hodei.platform.Database;
import io.hodei.runs.entity.GraphNode;
import io.hodei.runs.entity.Progress;
import io.hodei.runs.entity.Run;
import io.hodei.runs.entity.RunStep;
import io.hodei.runs.entity.StepState;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at a run as a whole. */
@Dependent
public class RunGraphs {
  private final Versions versions;

  @Inject
  public RunGraphs(Versions versions) {
    this.versions = versions;
  }

  public List<GraphNode> graph(Database database, Run run) {
    RunnableVersion version = versions.of(database, run);
    List<GraphNode> nodes = new ArrayList<>();
    for (RunStep step : steps(database, run)) {
      nodes.add(
          new GraphNode(
              step.name(),
              step.phase(),
              step.kind(),
              version.step(step.step()).dependsOn(),
              step.state(),
              step.startedAt(),
              step.endedAt()));
    }
    return nodes;
  }

  public Progress progress(Database database, Run run) {
    List<RunStep> steps = steps(database, run);
    Map<StepState, Integer> states = new EnumMap<>(StepState.class);
    steps.forEach(step -> states.merge(step.state(), 1, Integer::sum));
    Instant now = database.sql("select clock_timestamp() as now").one(row -> row.instant("now"));
    RunnableVersion version = versions.of(database, run);
    return new Estimate(version.graph(), steps, history(database, run), now).of(run, states);
  }

  /** Steps in the order of their positions, without instances. */
  private static List<RunStep> steps(Database database, Run run) {
    return database
        .sql(LookupSql.WHOLE_STEPS)
        .set("tenant", run.tenantId())
        .set("run", run.id())
        .list(RunReader::step);
  }

  private static Map<String, Estimate.Usual> history(Database database, Run run) {
    Map<String, Estimate.Usual> usual = new HashMap<>();
    database
        .sql(LookupSql.HISTORY)
        .set("tenant", run.tenantId())
        .set("pipeline", run.pipeline())
        .set("run", run.id())
        .list(
            row ->
                usual.put(
                    row.text("name"),
                    new Estimate.Usual(row.number("median"), row.number("slow"))));
    return usual;
  }
}
