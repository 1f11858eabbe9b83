package io.hodei.pipelines.entity;

import io.hodei.json.Json;

/**
 * What expressions see of a step that has ended.
 *
 * @param state the name of its state, for example {@code SUCCEEDED}
 * @param outputs JSON null when it left none
 */
public record StepValue(String state, Json outputs) {}
