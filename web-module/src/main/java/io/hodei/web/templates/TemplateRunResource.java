package io.hodei.web.templates;

import io.hodei.jobs.boundary.JobSubmission;
import io.hodei.jobs.entity.Job;
import io.hodei.platform.Id;
import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.security.entity.Answer;
import io.hodei.templates.boundary.TemplateInput;
import io.hodei.templates.boundary.Templates;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.TemplateRun;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import io.hodei.web.jobs.JobOutput;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Makes a job from a template or prompt. */
@Path("/{kind: templates|prompts}/{name}:run")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class TemplateRunResource {
  private final CurrentCaller caller;
  private final Templates templates;
  private final JobSubmission submission;
  private final Answers answers;

  @Inject
  public TemplateRunResource(
      CurrentCaller caller, Templates templates, JobSubmission submission, Answers answers) {
    this.caller = caller;
    this.templates = templates;
    this.submission = submission;
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.JOBS_SUBMIT)
  public Response run(
      @PathParam("kind") String plural, @PathParam("name") String text, JsonBody body) {
    Kind kind = Kind.of(plural);
    String name = TemplateOutput.name(kind, text);
    TemplateRun run = TemplateInput.run(body.value());
    Caller me = caller.get();
    return answers.once(
        body.bytes(),
        () -> {
          Job made =
              submission.submitAndShow(me, List.of(templates.fill(me, kind, name, run))).getFirst();
          return Answer.of(
              201, "/api/v1/jobs/" + Id.format(made.id()), JobOutput.of(made).toString());
        });
  }
}
