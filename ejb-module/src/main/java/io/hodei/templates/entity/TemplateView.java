package io.hodei.templates.entity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a list shows.
 *
 * @param version the number of its newest version, which changes with every change
 */
public record TemplateView(
    long id,
    String name,
    String title,
    @Nullable String description,
    List<String> tags,
    @Nullable String tool,
    int version,
    Instant createdAt,
    Instant updatedAt) {}
