package io.hodei.platform;

/**
 * What is wrong with one part of a request.
 *
 * @param pointer JSON Pointer (RFC 6901) into the body, or {@code ?name} for a query parameter
 * @param line where it stands in the text, from 1; 0 when that is not known
 * @param column from 1; 0 when that is not known
 */
public record FieldError(String pointer, String message, int line, int column) {
  public FieldError(String pointer, String message) {
    this(pointer, message, 0, 0);
  }
}
