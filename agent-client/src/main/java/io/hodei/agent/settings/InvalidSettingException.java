package io.hodei.agent.settings;

/** A setting has a value that the agent cannot work with; the message says which and what to do. */
public final class InvalidSettingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InvalidSettingException(String message) {
    super(message);
  }
}
