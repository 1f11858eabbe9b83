package io.hodei.web.overview;

import io.hodei.cluster.NodeView;
import io.hodei.json.JsonWriter;
import java.util.List;

/** Nodes in answers. */
final class NodeOutput {
  private NodeOutput() {}

  /**
   * Writes the member {@code nodes}.
   *
   * @param self number of the node that answers
   */
  static JsonWriter nodes(JsonWriter out, List<NodeView> nodes, int self) {
    out.array("nodes");
    for (NodeView node : nodes) {
      out.object()
          .member("node", node.number())
          .member("name", node.name())
          .member("url", node.url())
          .member("version", node.version())
          .member("startedAt", node.startedAt())
          .member("lastHeartbeatAt", node.heartbeatAt())
          .member("alive", node.alive())
          .member("self", node.number() == self ? true : null)
          .endObject();
    }
    return out.endArray();
  }
}
