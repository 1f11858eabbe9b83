package io.hodei.web.agents;

import io.hodei.agents.entity.PoolView;
import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.platform.Words;
import java.util.List;

/** Writes pools as clients see them. */
final class PoolOutput {
  private PoolOutput() {}

  /** The name in a path; what is none is not found either. */
  static String name(String text) {
    if (!Words.isPool(text)) {
      throw DomainException.notFound(
          "pool", text.length() > 70 ? text.substring(0, 70) + "…" : text);
    }
    return text;
  }

  static JsonWriter of(PoolView pool) {
    JsonWriter out = new JsonWriter();
    write(out, pool);
    return out;
  }

  static void write(JsonWriter out, PoolView pool) {
    out.object()
        .member("name", pool.name())
        .member("state", pool.state())
        .member("placement", pool.placement())
        .member("reason", pool.reason())
        .object("queued");
    for (String lane : List.of("HIGH", "NORMAL", "LOW")) {
      out.member(lane, (long) pool.queued().getOrDefault(lane, 0L));
    }
    out.endObject().member("running", pool.running()).member("agents", pool.agents()).endObject();
  }
}
