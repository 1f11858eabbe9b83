package io.hodei.templates.entity;

import io.hodei.json.Json;
import io.hodei.parameters.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A template or prompt as its author wrote it, checked.
 *
 * @param job what POST /jobs takes; its texts may hold placeholders. Without a spec for a prompt
 * @param content what the tool reads, with placeholders; null for a template
 * @param tool the name of the tool; null for a template
 * @param canonical the document in the one form that is stored
 */
public record Template(
    Kind kind,
    String name,
    String title,
    @Nullable String description,
    List<String> tags,
    List<Parameter> parameters,
    Json.Obj job,
    @Nullable String content,
    @Nullable String tool,
    String canonical) {}
