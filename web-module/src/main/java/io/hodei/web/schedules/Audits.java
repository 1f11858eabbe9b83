package io.hodei.web.schedules;

import io.hodei.json.Json;
import io.hodei.web.http.JsonBody;

/** What the audit trail says of requests whose target is in their body. */
final class Audits {
  private Audits() {}

  /** The name in a body; the reading of the body refuses bad ones before anything is written. */
  static String name(JsonBody body) {
    return body.value() instanceof Json.Obj object
            && object.members().get("name") instanceof Json.Text name
        ? name.value().substring(0, Math.min(63, name.value().length()))
        : "";
  }
}
