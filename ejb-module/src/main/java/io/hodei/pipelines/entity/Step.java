package io.hodei.pipelines.entity;

import io.hodei.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of the graph.
 *
 * @param dependsOn ids of steps of the same phase
 * @param when a CEL expression; false: the step is SKIPPED. Null: it runs when all it depends on
 *     succeeded (or may fail)
 * @param matrix values per axis; the step runs once per combination
 * @param map a CEL expression that gives a list; the step runs once per item. Not with a matrix
 * @param maxParallel how many instances of a matrix or map are active at once; 0: all
 * @param allowFailure whether its failure counts as success for what depends on it
 */
public record Step(
    String id,
    Phase phase,
    List<String> dependsOn,
    @Nullable String when,
    Work work,
    Map<String, List<Json>> matrix,
    @Nullable String map,
    int maxParallel,
    boolean allowFailure) {

  /** When the steps of a document's section run. */
  public enum Phase {
    /** At once. */
    MAIN,
    /** After the steps of MAIN, when the run failed. */
    ON_FAILURE,
    /** At the end, whatever happened. */
    FINALLY
  }
}
