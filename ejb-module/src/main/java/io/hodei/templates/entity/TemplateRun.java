package io.hodei.templates.entity;

import io.hodei.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a template this time.
 *
 * @param version null: the newest
 * @param name of the job; null: as the template says
 * @param labels in addition to those of the template
 * @param priority as POST /jobs takes it; null: as the template says
 */
public record TemplateRun(
    @Nullable Integer version,
    Map<String, Json> parameters,
    @Nullable String name,
    Map<String, String> labels,
    @Nullable Json priority) {

  /** Only values. */
  public static TemplateRun of(@Nullable Integer version, Map<String, Json> parameters) {
    return new TemplateRun(version, parameters, null, Map.of(), null);
  }
}
