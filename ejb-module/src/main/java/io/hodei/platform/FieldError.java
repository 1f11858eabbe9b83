package io.hodei.platform;

/**
 * What is wrong with one part of a request.
 *
 * @param pointer JSON Pointer (RFC 6901) into the body, or {@code ?name} for a query parameter
 */
public record FieldError(String pointer, String message) {}
