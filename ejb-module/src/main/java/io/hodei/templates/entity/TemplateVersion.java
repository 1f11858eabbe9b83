package io.hodei.templates.entity;

import java.time.Instant;

/**
 * One version; it never changes.
 *
 * @param digest SHA-256 of the document, hexadecimal
 * @param document JSON text; empty in lists
 */
public record TemplateVersion(
    String name, int number, String digest, String document, Instant createdAt, String createdBy) {}
