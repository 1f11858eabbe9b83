package io.hodei.web.overview;

import io.hodei.cluster.ClusterReading;
import io.hodei.cluster.Membership;
import io.hodei.cluster.NodeView;
import io.hodei.json.JsonWriter;
import io.hodei.overview.Overview;
import io.hodei.overview.Overviews;
import io.hodei.security.Permission;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The caller's tenant at a glance; what it says is some seconds old at most. */
@Path("/overview")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class OverviewResource {
  private final CurrentCaller caller;
  private final Overviews overviews;
  private final ClusterReading cluster;
  private final Membership membership;
  private final Answers answers;

  @Inject
  public OverviewResource(
      CurrentCaller caller,
      Overviews overviews,
      ClusterReading cluster,
      Membership membership,
      Answers answers) {
    this.caller = caller;
    this.overviews = overviews;
    this.cluster = cluster;
    this.membership = membership;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.JOBS_READ)
  public Response get() {
    Overview overview = answers.read(() -> overviews.of(caller.get()));
    List<NodeView> nodes = answers.read(cluster::nodes);
    JsonWriter out = new JsonWriter(16_384).object().member("at", overview.at());
    numbers(out, "counts", overview.counts(), false);
    numbers(out, "agents", overview.agents(), true);
    out.array("minutes");
    overview.minutes().forEach(minute -> write(out, minute));
    out.endArray().array("attention");
    overview.attention().forEach(item -> write(out, item));
    out.endArray();
    return Answers.ok(NodeOutput.nodes(out, nodes, membership.number()).endObject());
  }

  private static void numbers(
      JsonWriter out, String name, Map<String, Long> numbers, boolean lower) {
    out.object(name);
    numbers.forEach(
        (key, number) ->
            out.member(lower ? key.toLowerCase(Locale.ROOT) : key, number.longValue()));
    out.endObject();
  }

  private static void write(JsonWriter out, Overview.Minute minute) {
    out.object()
        .member("at", minute.at())
        .member("submitted", minute.submitted())
        .member("started", minute.started())
        .member("finished", minute.succeeded() + minute.failed() + minute.stopped())
        .member("succeeded", minute.succeeded())
        .member("failed", minute.failed())
        .member("stopped", minute.stopped())
        .member("running", minute.running())
        .member("queued", minute.queued())
        .member("startP50Millis", millis(minute.startP50()))
        .member("startP95Millis", millis(minute.startP95()))
        .endObject();
  }

  private static @Nullable Long millis(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis();
  }

  private static void write(JsonWriter out, Overview.Attention item) {
    out.object()
        .member("kind", item.kind())
        .member("target", item.target())
        .id("id", item.id())
        .member("name", item.name())
        .member("message", item.message())
        .member("since", item.since())
        .endObject();
  }
}
