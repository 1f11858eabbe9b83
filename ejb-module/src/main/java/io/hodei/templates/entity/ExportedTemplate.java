package io.hodei.templates.entity;

/**
 * A document on its way out.
 *
 * @param id the place in the export
 * @param document JSON text without line breaks
 */
public record ExportedTemplate(long id, String document) {}
