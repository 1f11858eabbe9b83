package io.hodei.templates.boundary;

import io.hodei.jobs.boundary.JobInput;
import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.templates.control.TemplateReader;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.NewTool;
import io.hodei.templates.entity.Template;
import io.hodei.templates.entity.TemplateRun;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what clients send about templates, and says all that is wrong with one at once. */
public final class TemplateInput {
  /** Most documents of one import. */
  public static final int MOST_AT_ONCE = 1_000;

  private static final int MOST_VERSIONS = 1_000_000_000;

  private TemplateInput() {}

  /**
   * Reads a document.
   *
   * @param name what the path calls it; null: the document must say it
   * @throws io.hodei.platform.DomainException INVALID with a pointer for each thing that is wrong
   */
  public static Template document(Kind kind, Json json, @Nullable String name) {
    return TemplateReader.read(kind, json, name);
  }

  /**
   * Reads what somebody wants of a template.
   *
   * @throws io.hodei.platform.DomainException INVALID
   */
  public static TemplateRun run(Json json) {
    FieldErrors errors = new FieldErrors();
    JsonFields fields = JsonFields.of(json, "", errors);
    Long version = fields.integer("version", 1, MOST_VERSIONS);
    Map<String, Json> parameters = parameters(fields);
    String name = fields.any("name") == null ? null : JobInput.name(fields);
    Map<String, String> labels = JobInput.labels(fields, "labels");
    Json priority = fields.any("priority");
    JobInput.priority(fields);
    fields.finish();
    errors.refuse();
    return new TemplateRun(
        version == null ? null : version.intValue(),
        parameters,
        name,
        labels == null ? Map.of() : labels,
        priority);
  }

  /**
   * Reads a tool.
   *
   * @throws io.hodei.platform.DomainException INVALID
   */
  public static NewTool tool(Json json, String name) {
    FieldErrors errors = new FieldErrors();
    JsonFields fields = JsonFields.of(json, "", errors);
    if (fields.any("name") != null && !name.equals(fields.text("name", 63))) {
      fields.refuse("name", "is another one than that of the path; leave it out");
    }
    NewTool tool = ToolInput.read(fields, name);
    fields.finish();
    errors.refuse();
    return tool;
  }

  private static Map<String, Json> parameters(JsonFields fields) {
    Json json = fields.any("parameters");
    if (json instanceof Json.Obj object) {
      return object.members();
    }
    if (json != null) {
      fields.refuse("parameters", "must be an object, not " + json.kind());
    }
    return Map.of();
  }
}
