package io.hodei.templates.entity;

import java.time.Instant;

/**
 * A tool of the tenant.
 *
 * @param version changes with every change
 */
public record Tool(NewTool definition, int version, Instant createdAt, Instant updatedAt) {}
