package io.hodei.web.templates;

import io.hodei.json.JsonWriter;
import io.hodei.security.Permission;
import io.hodei.templates.boundary.TemplateInput;
import io.hodei.templates.boundary.Templates;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.TemplateRun;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Shows the job that a template or prompt would make. */
@Path("/{kind: templates|prompts}/{name}:preview")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class TemplatePreviewResource {
  private final CurrentCaller caller;
  private final Templates templates;
  private final Answers answers;

  @Inject
  public TemplatePreviewResource(CurrentCaller caller, Templates templates, Answers answers) {
    this.caller = caller;
    this.templates = templates;
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.TEMPLATES_READ)
  public Response preview(
      @PathParam("kind") String plural, @PathParam("name") String text, JsonBody body) {
    Kind kind = Kind.of(plural);
    String name = TemplateOutput.name(kind, text);
    TemplateRun run = TemplateInput.run(body.value());
    return Answers.ok(
        new JsonWriter(2048)
            .value(answers.read(() -> templates.preview(caller.get(), kind, name, run))));
  }
}
