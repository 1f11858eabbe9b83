package io.hodei.templates.entity;

/** What a document describes. Names are unique per kind. */
public enum Kind {
  /** A job of its own. */
  TEMPLATE("template"),
  /** A text for the standard input of a tool. */
  PROMPT("prompt");

  private final String noun;

  Kind(String noun) {
    this.noun = noun;
  }

  /** For messages, topics and the audit trail. */
  public String noun() {
    return noun;
  }

  /** As it stands in paths. */
  public String plural() {
    return noun + "s";
  }

  /** The label of a job that says what it was made from; its value is the name. */
  public String label() {
    return "hodei." + noun;
  }

  /** The label of a job that says which version it was made from. */
  public String versionLabel() {
    return label() + "Version";
  }

  /** The kind of a path. */
  public static Kind of(String plural) {
    return plural.equals(PROMPT.plural()) ? PROMPT : TEMPLATE;
  }
}
