package io.hodei.templates.entity;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program that prompts are for, as an administrator describes it.
 *
 * @param command program and arguments; reads the prompt from its standard input
 * @param pool where it is installed; null: the prompt says it, or the default
 * @param requires labels of the agents that have it
 */
public record NewTool(
    String name,
    List<String> command,
    Map<String, String> environment,
    @Nullable String pool,
    Map<String, String> requires) {}
