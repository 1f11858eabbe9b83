package io.hodei.templates.boundary;

import io.hodei.jobs.boundary.JobInput;
import io.hodei.jobs.entity.NewJob;
import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
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
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * Makes jobs of templates and prompts inside somebody's transaction. What it refuses does not end
 * that transaction, unlike a refusal of {@link Templates}.
 */
@Dependent
public class TemplateJobs {
  private final TemplateRows rows;
  private final ToolRows tools;

  @Inject
  public TemplateJobs(TemplateRows rows, ToolRows tools) {
    this.rows = rows;
    this.tools = tools;
  }

  /**
   * A version of a template, ready to be filled.
   *
   * @param tool of a prompt; null for a template
   */
  public record Found(Template template, int number, @Nullable NewTool tool) {}

  /**
   * Finds a version.
   *
   * @param version null: the newest
   * @throws DomainException NOT_FOUND; CONFLICT when a prompt's tool is missing
   */
  public Found find(
      Database database, long tenant, Kind kind, String name, @Nullable Integer version) {
    int number = version == null ? 0 : version;
    TemplateVersion found =
        rows.version(database, tenant, kind, name, number)
            .orElseThrow(
                () ->
                    DomainException.notFound(
                        kind.noun(), number == 0 ? name : name + " with a version " + number));
    Template template = TemplateReader.stored(kind, found.document());
    return new Found(template, found.number(), tool(database, tenant, template));
  }

  /**
   * What POST /jobs takes to make the job of these values.
   *
   * @throws DomainException INVALID with a pointer for each thing that is wrong
   */
  public static Json.Obj document(Found found, TemplateRun run) {
    FieldErrors errors = new FieldErrors();
    Json.Obj document = JobDocument.of(found.template(), found.number(), run, found.tool(), errors);
    errors.refuse();
    return document;
  }

  /**
   * The job of these values.
   *
   * @throws DomainException INVALID with a pointer for each thing that is wrong
   */
  public static NewJob job(Found found, TemplateRun run) {
    Json.Obj document = document(found, run);
    try {
      return JobInput.read(document);
    } catch (DomainException e) {
      throw new DomainException(
          e.code(),
          "Filled with these values the %s %s makes no job; :preview cannot show it either. Of the job: %s"
              .formatted(found.template().kind().noun(), found.template().name(), e.getMessage()),
          e.errors());
    }
  }

  private @Nullable NewTool tool(Database database, long tenant, Template template) {
    String name = template.tool();
    if (name == null) {
      return null;
    }
    return tools
        .find(database, tenant, name)
        .map(Tool::definition)
        .orElseThrow(
            () ->
                new DomainException(
                    ErrorCode.CONFLICT,
                    "The prompt %s is for the tool %s, which this tenant does not have. An administrator makes it by PUT /api/v1/tools/%s (hodei tool set %s)."
                        .formatted(template.name(), name, name, name)));
  }
}
