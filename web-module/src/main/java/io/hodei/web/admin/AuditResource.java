package io.hodei.web.admin;

import io.hodei.json.JsonWriter;
import io.hodei.security.Audit;
import io.hodei.security.Permission;
import io.hodei.security.entity.AuditEntry;
import io.hodei.security.entity.AuditVerdict;
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

/** The audit trail of the caller's tenant. */
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class AuditResource {
  private final CurrentCaller caller;
  private final Audit audit;
  private final Answers answers;

  @Inject
  public AuditResource(CurrentCaller caller, Audit audit, Answers answers) {
    this.caller = caller;
    this.audit = audit;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.AUDIT_READ)
  @Takes({"limit", "cursor", "actor", "action", "target", "from", "to"})
  public Response list(@Context UriInfo uri) {
    Query query = new Query(uri);
    int limit = query.limit();
    long before = query.cursor();
    AuditEntry.Filter filter =
        new AuditEntry.Filter(
            query.text("actor"),
            query.text("action"),
            query.text("target"),
            query.instant("from"),
            query.instant("to"));
    query.errors().refuse();
    return Answers.page(
        query,
        answers.read(() -> audit.list(caller.get(), filter, before, limit + 1)),
        AuditEntry::seq,
        AuditResource::write);
  }

  /** Reads the whole trail and says whether somebody tampered with it. */
  @GET
  @Path("verification")
  @Requires(Permission.AUDIT_READ)
  public Response verify() {
    AuditVerdict verdict = answers.read(() -> audit.verify(caller.get()));
    return Answers.ok(
        new JsonWriter()
            .object()
            .member("whole", verdict.whole())
            .member("entries", verdict.entries())
            .member("brokenAt", verdict.brokenAt().orElse(null))
            .endObject());
  }

  private static void write(JsonWriter out, AuditEntry entry) {
    out.object()
        .member("id", entry.seq())
        .member("at", entry.at())
        .member("actor", entry.actor())
        .id("actorId", entry.actorId())
        .member("action", entry.action())
        .member("target", entry.target())
        .json("detail", entry.detail())
        .endObject();
  }
}
