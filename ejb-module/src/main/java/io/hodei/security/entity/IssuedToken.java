package io.hodei.security.entity;

/**
 * A token at the only moment when its text is known.
 *
 * @param secret what the holder sends
 */
public record IssuedToken(Token token, String secret) {
  @Override
  public String toString() {
    return "IssuedToken[" + token.name() + "]";
  }
}
