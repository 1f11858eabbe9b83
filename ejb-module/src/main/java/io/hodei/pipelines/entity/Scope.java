package io.hodei.pipelines.entity;

import io.hodei.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the expressions of one step see.
 *
 * @param parameters {@code params}: every parameter that has a value
 * @param steps {@code steps}: at least those that the expressions name
 * @param run {@code run}: {@code id} (text), {@code number} and {@code startedAt} (RFC 3339)
 * @param item {@code item}: of a step with {@code map}
 * @param matrix {@code matrix}: the value of each axis; empty without one
 * @param event {@code event}: only for conditions of events
 */
public record Scope(
    Map<String, Json> parameters,
    Map<String, StepValue> steps,
    Map<String, Json> run,
    @Nullable Json item,
    Map<String, Json> matrix,
    @Nullable Json event) {}
