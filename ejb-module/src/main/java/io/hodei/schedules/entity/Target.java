package io.hodei.schedules.entity;

import io.hodei.json.Json;

/** What a schedule starts. A closed family: whoever adds a kind finds the places by the switch. */
public sealed interface Target {
  /**
   * A job of its own per tick.
   *
   * @param document as {@code POST /jobs} takes it; its name may be absent, then it is the
   *     schedule's
   */
  record JobTarget(Json.Obj document) implements Target {}
}
