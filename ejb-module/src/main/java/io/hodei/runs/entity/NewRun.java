package io.hodei.runs.entity;

import io.hodei.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is asked for.
 *
 * @param pipeline name of the pipeline
 * @param version null: the newest
 * @param parameters what is not mentioned has its default
 */
public record NewRun(String pipeline, @Nullable Integer version, Map<String, Json> parameters) {}
