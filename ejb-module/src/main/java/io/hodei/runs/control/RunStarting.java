package io.hodei.runs.control;

import io.hodei.json.Json;
import io.hodei.parameters.ParameterValues;
import io.hodei.pipelines.entity.Pipeline;
import io.hodei.pipelines.entity.Step;
import io.hodei.pipelines.entity.Work;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Ids;
import io.hodei.runs.entity.RunsTouched.What;
import io.hodei.runs.entity.StepKey;
import io.hodei.security.Caller;
import io.hodei.templates.boundary.TemplateJobs;
import io.hodei.templates.entity.Kind;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes runs. */
@Dependent
public class RunStarting {
  /** How deep runs may call runs; a pipeline that calls itself ends there. */
  static final int DEEPEST = 10;

  private static final int LARGEST_PARAMETERS = 256 << 10;

  private final Ids ids;
  private final Versions versions;
  private final TemplateJobs templates;
  private final RunSignals signals;

  @Inject
  public RunStarting(Ids ids, Versions versions, TemplateJobs templates, RunSignals signals) {
    this.ids = ids;
    this.versions = versions;
    this.templates = templates;
    this.signals = signals;
  }

  /**
   * What a new run comes from.
   *
   * @param parent 0: nobody waits for it
   * @param rerunOf 0: it takes nothing over
   */
  record Origin(long parent, StepKey parentStep, int depth, long rerunOf) {
    static final Origin NONE = new Origin(0, new StepKey(0, 0), 0, 0);

    static Origin rerun(long of) {
      return new Origin(0, new StepKey(0, 0), 0, of);
    }
  }

  /** Makes a run that is the work of a step; answers its id. */
  long child(Database database, HeldRun parent, StepKey step, Outcome.Call call) {
    if (parent.depth() + 1 >= DEEPEST) {
      throw new DomainException(
          ErrorCode.UNPROCESSABLE,
          "Runs call runs more than %d deep here. Does a pipeline call itself?".formatted(DEEPEST));
    }
    RunnableVersion version =
        versions.named(database, parent.tenantId(), call.pipeline(), call.version());
    return start(
        database,
        StepBeginning.callerOf(parent),
        version,
        ParameterValues.complete(version.pipeline().parameters(), call.parameters()),
        FirstStates.of(version),
        new Origin(parent.id(), step, parent.depth() + 1, 0));
  }

  /**
   * Makes a run; answers its id.
   *
   * @throws DomainException CONFLICT when the pipeline has as many runs as it may; NOT_FOUND when a
   *     template of a step is missing
   */
  long start(
      Database database,
      Caller caller,
      RunnableVersion version,
      Map<String, Json> parameters,
      FirstStates first,
      Origin origin) {
    findTemplates(database, caller.tenantId(), version);
    String values = JsonText.of(new Json.Obj(parameters));
    if (values.length() > LARGEST_PARAMETERS) {
      throw DomainException.invalid(
          "/parameters", "are larger than %d characters".formatted(LARGEST_PARAMETERS));
    }
    Pipeline pipeline = version.pipeline();
    keepEdges(database, caller.tenantId(), version);
    int number =
        database
            .sql(StartSql.NEXT_NUMBER)
            .set("tenant", caller.tenantId())
            .set("pipeline", version.pipelineId())
            .one(row -> row.integer("newest"));
    boolean begins = mayBegin(database, caller.tenantId(), version);
    long id = ids.next();
    database
        .sql(StartSql.INSERT)
        .set("id", id)
        .set("tenant", caller.tenantId())
        .set("pipelineId", version.pipelineId())
        .set("pipeline", pipeline.name())
        .set("versionId", version.id())
        .set("version", version.number())
        .set("number", number)
        .set("state", begins ? "RUNNING" : "QUEUED")
        .set("parameters", values)
        .set("steps", first.names.length)
        .set("ended", first.ended())
        .set("open", first.open())
        .set("limit", pipeline.concurrency().limit())
        .set("cancelOldest", pipeline.concurrency().whenFull() == Pipeline.WhenFull.CANCEL_OLDEST)
        .set("depth", origin.depth())
        .set("parent", origin.parent())
        .set("parentStep", origin.parentStep().step())
        .set("parentInstance", origin.parentStep().instance())
        .set("rerunOf", origin.rerunOf())
        .set("timeout", micros(pipeline.timeout()))
        .set("creator", caller.tokenId())
        .set("creatorName", caller.name())
        .update();
    insertSteps(database, caller.tenantId(), id, first, origin.rerunOf());
    signals.touched(
        begins ? What.ADVANCE : What.ADMIT, caller.tenantId(), begins ? id : version.pipelineId());
    return id;
  }

  private static void insertSteps(
      Database database, long tenant, long run, FirstStates first, long from) {
    database
        .sql(StartSql.INSERT_STEPS)
        .set("tenant", tenant)
        .set("run", run)
        .set("from", from)
        .set("names", first.names)
        .set("phases", first.phases)
        .set("kinds", first.kinds)
        .set("open", first.open)
        .set("blocked", first.blocked)
        .set("mayFail", first.mayFail)
        .set("states", first.states)
        .set("keeps", first.keeps)
        .set("reasons", first.reasons)
        .update();
  }

  /** Whether it begins now; the number's lock keeps others from beginning meanwhile. */
  private static boolean mayBegin(Database database, long tenant, RunnableVersion version) {
    Pipeline.Concurrency concurrency = version.pipeline().concurrency();
    if (concurrency.limit() == 0) {
      return true;
    }
    long active =
        database
            .sql(StartSql.ACTIVE)
            .set("tenant", tenant)
            .set("pipeline", version.pipelineId())
            .one(row -> row.number("active"));
    if (active < concurrency.limit()) {
      return true;
    }
    if (concurrency.whenFull() == Pipeline.WhenFull.REJECT) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "Pipeline %s has %d active runs, as many as it allows. Wait until one has ended, or cancel one."
              .formatted(version.pipeline().name(), active));
    }
    return false;
  }

  /** The edges of a version are written by its first run. */
  private static void keepEdges(Database database, long tenant, RunnableVersion version) {
    int[] children = version.graph().children();
    if (children.length == 0
        || database.sql(StartSql.HAS_EDGES).set("version", version.id()).exists()) {
      return;
    }
    int[] parents = new int[children.length];
    int[] from = version.graph().childrenFrom();
    for (int parent = 0; parent + 1 < from.length; parent++) {
      java.util.Arrays.fill(parents, from[parent], from[parent + 1], parent);
    }
    database
        .sql(StartSql.EDGES)
        .set("tenant", tenant)
        .set("version", version.id())
        .set("parents", parents)
        .set("children", children)
        .update();
  }

  /** Refuses what could only fail later: steps of templates that are not there. */
  private void findTemplates(Database database, long tenant, RunnableVersion version) {
    for (Work.OfTemplate work : templatesOf(version)) {
      templates.find(database, tenant, Kind.TEMPLATE, work.template(), work.version());
    }
  }

  private static Set<Work.OfTemplate> templatesOf(RunnableVersion version) {
    Set<Work.OfTemplate> used = new HashSet<>();
    for (Step step : version.steps()) {
      if (step.work() instanceof Work.OfTemplate work) {
        used.add(new Work.OfTemplate(work.template(), work.version(), Map.of()));
      }
    }
    return used;
  }

  private static long micros(@Nullable Duration duration) {
    return duration == null ? 0 : duration.toNanos() / 1000;
  }
}
