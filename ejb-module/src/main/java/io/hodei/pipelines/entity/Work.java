package io.hodei.pipelines.entity;

import io.hodei.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a step does. Only jobs hold a slot of an agent. */
public sealed interface Work {
  /**
   * A job of its own.
   *
   * @param body what POST /jobs takes, without a name; its texts may hold <code>${{ … }}</code>
   */
  record OfJob(Json.Obj body) implements Work {}

  /**
   * A job from a template.
   *
   * @param version null: the newest when the step begins
   * @param parameters texts may hold <code>${{ … }}</code>
   */
  record OfTemplate(String template, @Nullable Integer version, Map<String, Json> parameters)
      implements Work {}

  /**
   * A run of another pipeline; ends as that run ends.
   *
   * @param version null: the newest when the step begins
   * @param parameters texts may hold <code>${{ … }}</code>
   */
  record OfPipeline(String pipeline, @Nullable Integer version, Map<String, Json> parameters)
      implements Work {}

  /**
   * Waits for people.
   *
   * @param by names of those who may approve; empty: everybody with the permission
   * @param quorum how many of them are needed
   * @param timeout null: waits for ever
   */
  record Approval(
      List<String> by,
      int quorum,
      @Nullable Duration timeout,
      OnTimeout onTimeout,
      @Nullable String message)
      implements Work {}

  /** What time decides when nobody does. */
  enum OnTimeout {
    FAIL,
    APPROVE,
    SKIP
  }

  /** Waits a while. */
  record Timer(Duration duration) implements Work {}

  /**
   * Waits until somebody sends the run a signal of this name, whose payload becomes its output.
   *
   * @param timeout null: waits for ever
   */
  record Signal(String name, @Nullable Duration timeout, OnTimeout onTimeout) implements Work {}

  /**
   * Waits for an event of the tenant.
   *
   * @param type type of the CloudEvent
   * @param where a CEL expression over {@code event}; null: the first of the type
   */
  record OfEvent(
      String type, @Nullable String where, @Nullable Duration timeout, OnTimeout onTimeout)
      implements Work {}
}
