package io.hodei.web.templates;

import io.hodei.json.JsonElements;
import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.security.entity.Answer;
import io.hodei.templates.boundary.TemplateControl;
import io.hodei.templates.entity.Kind;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Stores many templates or prompts by one request, from an array or from one line each. */
@Path("/{kind: templates|prompts}:import")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class TemplatesImportResource {
  private final CurrentCaller caller;
  private final TemplateControl control;
  private final Answers answers;

  @Inject
  public TemplatesImportResource(CurrentCaller caller, TemplateControl control, Answers answers) {
    this.caller = caller;
    this.control = control;
    this.answers = answers;
  }

  @POST
  @Consumes({MediaType.APPLICATION_JSON, TemplatesExportResource.LINES})
  @Requires(Permission.TEMPLATES_WRITE)
  public Response load(
      @PathParam("kind") String plural,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type,
      InputStream body)
      throws IOException {
    Kind kind = Kind.of(plural);
    MessageDigest digest = sha256();
    InputStream input = answers.hasKey() ? new DigestInputStream(body, digest) : body;
    boolean lines = type.getSubtype().equals("x-ndjson");
    TemplateBatch batch =
        TemplateBatch.read(
            kind, lines ? JsonElements.ofLines(input) : JsonElements.ofArray(input), lines);
    Caller me = caller.get();
    return answers.onceByDigest(
        digest::digest,
        () ->
            Answer.of(
                200,
                "",
                batch.answer(
                    answers.audited(
                        kind.noun() + ".import",
                        "*",
                        batch.detail(),
                        () -> control.applyAll(me, kind, batch.templates())))));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
