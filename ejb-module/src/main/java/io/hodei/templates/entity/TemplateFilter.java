package io.hodei.templates.entity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which templates a list shows.
 *
 * @param name exact, or a prefix and {@code *}
 * @param tags all of them must be there
 * @param words all of them must be in name, title, description or content
 */
public record TemplateFilter(@Nullable String name, List<String> tags, @Nullable String words) {}
