package io.hodei.web.pipelines;

import io.hodei.jobs.boundary.JobInput;
import io.hodei.pipelines.boundary.PipelineLookup;
import io.hodei.pipelines.entity.PipelineFilter;
import io.hodei.pipelines.entity.PipelineFilter.LabelMatch;
import io.hodei.pipelines.entity.PipelineView;
import io.hodei.platform.Words;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lists the pipelines of the tenant. */
@Path("/pipelines")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class PipelinesResource {
  private final CurrentCaller caller;
  private final PipelineLookup lookup;
  private final Answers answers;

  @Inject
  public PipelinesResource(CurrentCaller caller, PipelineLookup lookup, Answers answers) {
    this.caller = caller;
    this.lookup = lookup;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.PIPELINES_READ)
  @Takes(
      value = {"name", "executor", "fields", "limit", "cursor"},
      many = "label")
  public Response list(@Context UriInfo uri) {
    Query query = new Query(uri);
    PipelineFilter filter = filter(query);
    Set<String> fields = fields(query);
    int limit = query.limit();
    long before = query.cursor();
    query.errors().refuse();
    return Answers.page(
        query,
        answers.read(() -> lookup.list(caller.get(), filter, before, limit + 1)),
        PipelineView::id,
        (out, pipeline) -> PipelineOutput.write(out, pipeline, fields));
  }

  private static PipelineFilter filter(Query query) {
    String name = query.text("name");
    if (name != null && (name.isEmpty() || name.length() > 64)) {
      query.errors().add("?name", "must be a name, or the beginning of one and *");
    }
    String executor = query.text("executor");
    if (executor != null && !JobInput.isExecutor(executor)) {
      query.errors().add("?executor", "must be process, noop, container, http or cloud-run");
    }
    List<LabelMatch> labels = new ArrayList<>();
    for (String text : query.texts("label")) {
      int colon = text.indexOf(':');
      String key = colon < 0 ? text : text.substring(0, colon);
      if (Words.isLabelKey(key)) {
        labels.add(new LabelMatch(key, colon < 0 ? null : text.substring(colon + 1)));
      } else {
        query.errors().add("?label", "must be a label key, or key:value");
      }
    }
    return new PipelineFilter(name, executor, List.copyOf(labels));
  }

  private static Set<String> fields(Query query) {
    String text = query.text("fields");
    if (text == null) {
      return Set.copyOf(PipelineOutput.FIELDS);
    }
    Set<String> fields = new LinkedHashSet<>(List.of(text.split(",", -1)));
    if (!PipelineOutput.FIELDS.containsAll(fields)) {
      query.errors().add("?fields", "must be names from " + PipelineOutput.FIELDS + " with commas");
    }
    return fields;
  }
}
