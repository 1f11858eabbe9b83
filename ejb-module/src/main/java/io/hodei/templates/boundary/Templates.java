package io.hodei.templates.boundary;

import io.hodei.jobs.boundary.JobInput;
import io.hodei.jobs.entity.NewJob;
import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import io.hodei.templates.control.JobDocument;
import io.hodei.templates.control.TemplateReader;
import io.hodei.templates.control.TemplateRows;
import io.hodei.templates.control.ToolRows;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.NewTool;
import io.hodei.templates.entity.Template;
import io.hodei.templates.entity.TemplateRun;
import io.hodei.templates.entity.TemplateVersion;
import io.hodei.templates.entity.Tool;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes jobs of templates and prompts. */
@Stateless
public class Templates {
  private final TenantDatabase databases;
  private final TemplateRows rows;
  private final ToolRows tools;

  @Inject
  public Templates(TenantDatabase databases, TemplateRows rows, ToolRows tools) {
    this.databases = databases;
    this.rows = rows;
    this.tools = tools;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Templates() {
    this(null, null, null);
  }

  /**
   * The job of a template with these values.
   *
   * @param version null: the newest
   * @throws DomainException NOT_FOUND; INVALID with a pointer for each thing that is wrong
   */
  public NewJob fill(
      Caller caller, String name, @Nullable Integer version, Map<String, Json> parameters) {
    return fill(caller, Kind.TEMPLATE, name, TemplateRun.of(version, parameters));
  }

  /** The same of any kind, with what else somebody wants of the job. */
  public NewJob fill(Caller caller, Kind kind, String name, TemplateRun run) {
    return job(kind, name, document(caller, kind, name, run));
  }

  /** What POST /jobs takes to make the same job; checked as a job, and nothing is made. */
  public Json.Obj preview(Caller caller, Kind kind, String name, TemplateRun run) {
    Json.Obj document = document(caller, kind, name, run);
    job(kind, name, document);
    return document;
  }

  private Json.Obj document(Caller caller, Kind kind, String name, TemplateRun run) {
    Database database = databases.in(caller.tenantId());
    int number = run.version() == null ? 0 : run.version();
    TemplateVersion version =
        rows.version(database, caller.tenantId(), kind, name, number)
            .orElseThrow(
                () ->
                    DomainException.notFound(
                        kind.noun(), number == 0 ? name : name + " with a version " + number));
    Template template = TemplateReader.stored(kind, version.document());
    NewTool tool = tool(database, caller, template);
    FieldErrors errors = new FieldErrors();
    Json.Obj document = JobDocument.of(template, version.number(), run, tool, errors);
    errors.refuse();
    return document;
  }

  private @Nullable NewTool tool(Database database, Caller caller, Template template) {
    String name = template.tool();
    if (name == null) {
      return null;
    }
    return tools
        .find(database, caller.tenantId(), name)
        .map(Tool::definition)
        .orElseThrow(
            () ->
                new DomainException(
                    ErrorCode.CONFLICT,
                    "The prompt %s is for the tool %s, which this tenant does not have. An administrator makes it by PUT /api/v1/tools/%s (hodei tool set %s)."
                        .formatted(template.name(), name, name, name)));
  }

  private static NewJob job(Kind kind, String name, Json.Obj document) {
    try {
      return JobInput.read(document);
    } catch (DomainException e) {
      throw new DomainException(
          e.code(),
          "Filled with these values the %s %s makes no job; :preview cannot show it either. Of the job: %s"
              .formatted(kind.noun(), name, e.getMessage()),
          e.errors());
    }
  }
}
