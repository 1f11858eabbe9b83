package io.hodei.web.overview;

import io.hodei.cluster.ClusterReading;
import io.hodei.cluster.DutyView;
import io.hodei.cluster.Grid;
import io.hodei.cluster.Membership;
import io.hodei.cluster.NodeView;
import io.hodei.json.JsonWriter;
import io.hodei.security.Permission;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * The nodes and who does what for all; caches, pools and grid as the node that answers sees them.
 */
@Path("/cluster")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class ClusterResource {
  private final ClusterReading cluster;
  private final Membership membership;
  private final Grid grid;
  private final NodeParts parts;
  private final Answers answers;

  @Inject
  public ClusterResource(
      ClusterReading cluster, Membership membership, Grid grid, NodeParts parts, Answers answers) {
    this.cluster = cluster;
    this.membership = membership;
    this.grid = grid;
    this.parts = parts;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.CONFIG_READ)
  public Response get() {
    List<NodeView> nodes = answers.read(cluster::nodes);
    List<DutyView> duties = answers.read(cluster::duties);
    JsonWriter out = new JsonWriter(8192).object().member("answeredBy", membership.number());
    NodeOutput.nodes(out, nodes, membership.number()).array("duties");
    duties.forEach(duty -> write(out, duty));
    out.endArray();
    out.object("grid").member("members", grid.size()).endObject();
    return Answers.ok(parts.write(out).endObject());
  }

  private static void write(JsonWriter out, DutyView duty) {
    out.object()
        .member("name", duty.name())
        .member("node", duty.node())
        .member("nodeName", duty.nodeName().isEmpty() ? null : duty.nodeName())
        .member("term", duty.term())
        .member("until", duty.until())
        .member("held", duty.held())
        .endObject();
  }
}
