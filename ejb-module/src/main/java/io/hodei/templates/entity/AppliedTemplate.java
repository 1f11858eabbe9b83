package io.hodei.templates.entity;

/**
 * What became of a document.
 *
 * @param version the number under which its content is stored
 */
public record AppliedTemplate(String name, Outcome outcome, int version) {

  /** Whether something changed. */
  public enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED
  }
}
