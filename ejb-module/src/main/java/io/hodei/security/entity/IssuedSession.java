package io.hodei.security.entity;

/**
 * A login at the only moment when its secret is known.
 *
 * @param secret what the browser sends with each request
 */
public record IssuedSession(ConsoleSession session, String secret) {
  @Override
  public String toString() {
    return "IssuedSession[" + session.id() + "]";
  }
}
