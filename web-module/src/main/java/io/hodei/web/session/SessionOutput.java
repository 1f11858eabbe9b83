package io.hodei.web.session;

import io.hodei.cluster.Membership;
import io.hodei.cluster.NodeInfo;
import io.hodei.json.JsonWriter;
import io.hodei.platform.Id;
import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.security.entity.ConsoleSession;
import io.hodei.web.access.CrossSite;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** A caller as the console wants to know it, and where it finds the other nodes. */
@Dependent
public class SessionOutput {
  private final Membership membership;

  @Inject
  public SessionOutput(Membership membership) {
    this.membership = membership;
  }

  /** A caller with a token. */
  JsonWriter of(Caller caller) {
    return nodes(who(caller)).endObject();
  }

  /** A caller with a login. */
  JsonWriter of(ConsoleSession session, String secret) {
    JsonWriter out = who(session.caller());
    out.object("session")
        .id("id", session.id())
        .member("createdAt", session.createdAt())
        .member("expiresAt", session.expiresAt())
        .member("idle", session.idle())
        .endObject();
    return nodes(out.member("csrf", CrossSite.valueFor(secret))).endObject();
  }

  private static JsonWriter who(Caller caller) {
    JsonWriter out = new JsonWriter(2048).object();
    out.object("tenant")
        .member("id", Id.format(caller.tenantId()))
        .member("name", caller.tenantName())
        .endObject();
    out.object("token")
        .member("id", Id.format(caller.tokenId()))
        .member("name", caller.name())
        .endObject();
    return out.member("role", caller.role())
        .texts("permissions", caller.permissions().stream().map(Enum::name).sorted().toList())
        .member("installationAdmin", caller.may(Permission.INSTALLATION_MANAGE));
  }

  private JsonWriter nodes(JsonWriter out) {
    out.array("nodes");
    for (NodeInfo node : membership.live()) {
      out.object()
          .member("name", node.name())
          .member("url", node.url())
          .member("self", node.number() == membership.number())
          .endObject();
    }
    return out.endArray();
  }
}
