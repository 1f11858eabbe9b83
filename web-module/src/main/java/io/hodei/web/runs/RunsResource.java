package io.hodei.web.runs;

import io.hodei.platform.Id;
import io.hodei.runs.boundary.RunLookup;
import io.hodei.runs.entity.Run;
import io.hodei.runs.entity.RunFilter;
import io.hodei.runs.entity.RunState;
import io.hodei.runs.entity.RunStep;
import io.hodei.runs.entity.StepKey;
import io.hodei.runs.entity.StepState;
import io.hodei.security.Permission;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.Query;
import io.hodei.web.http.Takes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads runs. */
@Path("/runs")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class RunsResource {
  /** More than a step has instances; a place in the list of steps is one number. */
  private static final long INSTANCES = 100_000;

  private final CurrentCaller caller;
  private final RunLookup lookup;
  private final Answers answers;

  @Inject
  public RunsResource(CurrentCaller caller, RunLookup lookup, Answers answers) {
    this.caller = caller;
    this.lookup = lookup;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.RUNS_READ)
  @Takes(
      value = {"pipeline", "parent", "from", "to", "fields", "limit", "cursor"},
      many = "state")
  public Response list(@Context UriInfo uri) {
    Query query = new Query(uri);
    Instant from = query.instant("from");
    Instant to = query.instant("to");
    if (from != null && to != null && to.isBefore(from)) {
      query.errors().add("?to", "is before from");
    }
    RunFilter filter =
        new RunFilter(
            query.text("pipeline"), states(query, RunState.class), parent(query), from, to);
    Set<String> fields = fields(query);
    int limit = query.limit();
    long before = query.cursor();
    query.errors().refuse();
    return Answers.page(
        query,
        answers.read(() -> lookup.list(caller.get(), filter, before, limit + 1)),
        Run::id,
        (out, run) -> RunOutput.write(out, run, fields));
  }

  @GET
  @Path("{id}")
  @Requires(Permission.RUNS_READ)
  public Response get(@PathParam("id") String text) {
    long id = RunOutput.id(text);
    Run run = answers.read(() -> lookup.get(caller.get(), id));
    return Response.ok(RunOutput.of(run).toBytes(), MediaType.APPLICATION_JSON)
        .header(HttpHeaders.ETAG, "\"v" + run.revision() + "\"")
        .build();
  }

  @GET
  @Path("{id}/steps")
  @Requires(Permission.RUNS_READ)
  @Takes(
      value = {"limit", "cursor"},
      many = "state")
  public Response steps(@PathParam("id") String text, @Context UriInfo uri) {
    long id = RunOutput.id(text);
    Query query = new Query(uri);
    Set<StepState> states = states(query, StepState.class);
    int limit = query.limit();
    long place = query.cursor();
    query.errors().refuse();
    StepKey after =
        place == 0
            ? new StepKey(-1, 0)
            : new StepKey((int) ((place - 1) / INSTANCES), (int) ((place - 1) % INSTANCES));
    return Answers.page(
        query,
        answers.read(() -> lookup.steps(caller.get(), id, states, after, limit + 1)),
        RunsResource::place,
        RunOutput::step);
  }

  @GET
  @Path("{id}/graph")
  @Requires(Permission.RUNS_READ)
  public Response graph(@PathParam("id") String text) {
    long id = RunOutput.id(text);
    return Answers.ok(RunOutput.graph(answers.read(() -> lookup.graph(caller.get(), id))));
  }

  @GET
  @Path("{id}/progress")
  @Requires(Permission.RUNS_READ)
  public Response progress(@PathParam("id") String text) {
    long id = RunOutput.id(text);
    return Answers.ok(RunOutput.progress(answers.read(() -> lookup.progress(caller.get(), id))));
  }

  private static long place(RunStep step) {
    return step.step() * INSTANCES + step.instance() + 1;
  }

  private static <E extends Enum<E>> Set<E> states(Query query, Class<E> type) {
    Set<E> states = EnumSet.noneOf(type);
    for (String text : query.texts("state")) {
      try {
        states.add(Enum.valueOf(type, text));
      } catch (IllegalArgumentException unknown) {
        query.errors().add("?state", "must be one of " + List.of(type.getEnumConstants()));
      }
    }
    return Set.copyOf(states);
  }

  private static @Nullable Long parent(Query query) {
    String text = query.text("parent");
    if (text == null) {
      return null;
    }
    long id = Id.parse(text);
    if (id < 0) {
      query.errors().add("?parent", "is not the id of a run: 13 digits and letters");
    }
    return id;
  }

  private static Set<String> fields(Query query) {
    String text = query.text("fields");
    if (text == null) {
      return Set.copyOf(RunOutput.FIELDS);
    }
    Set<String> fields = new HashSet<>();
    for (String name : text.split(",", -1)) {
      if (RunOutput.FIELDS.contains(name)) {
        fields.add(name);
      } else {
        query.errors().add("?fields", "must be names from " + RunOutput.FIELDS + " with commas");
      }
    }
    return fields;
  }
}
