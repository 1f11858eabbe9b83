package io.hodei.web.agents;

import io.hodei.agents.entity.AgentView;
import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.platform.Id;

/** Writes agents as clients see them. */
final class AgentOutput {
  private AgentOutput() {}

  /** The id in a path; what is none is not found either. */
  static long id(String text) {
    long id = Id.parse(text);
    if (id < 0) {
      throw DomainException.notFound(
          "agent", text.length() > 40 ? text.substring(0, 40) + "…" : text);
    }
    return id;
  }

  static JsonWriter of(AgentView agent) {
    JsonWriter out = new JsonWriter();
    write(out, agent);
    return out;
  }

  static void write(JsonWriter out, AgentView agent) {
    out.object()
        .id("id", agent.id())
        .member("name", agent.name())
        .member("state", agent.state())
        .texts("pools", agent.pools())
        .member("labels", agent.labels())
        .texts("executors", agent.executors())
        .member("slots", agent.slots())
        .member("free", agent.free())
        .member("running", agent.running())
        .member("version", agent.version())
        .json("host", agent.host())
        .member("node", agent.node())
        .id("session", agent.sessionId())
        .member("connectedAt", agent.connectedAt())
        .member("lastHeartbeatAt", agent.seenAt())
        .json("sample", agent.sample())
        .member("createdAt", agent.createdAt())
        .endObject();
  }
}
