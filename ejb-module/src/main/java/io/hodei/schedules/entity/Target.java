package io.hodei.schedules.entity;

import io.hodei.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a schedule starts. A closed family: whoever adds a kind finds the places by the switch. */
public sealed interface Target {
  /**
   * A job of its own per tick.
   *
   * @param document as {@code POST /jobs} takes it; its name may be absent, then it is the
   *     schedule's
   */
  record JobTarget(Json.Obj document) implements Target {}

  /**
   * A job per tick, made of a template.
   *
   * @param version null: the newest at each tick
   */
  record TemplateTarget(String template, @Nullable Integer version, Map<String, Json> parameters)
      implements Target {}

  /**
   * A run per tick.
   *
   * @param version null: the newest at each tick
   */
  record PipelineTarget(String pipeline, @Nullable Integer version, Map<String, Json> parameters)
      implements Target {}
}
