package io.hodei.security.entity;

/**
 * What a request with an idempotency key is answered, now and whenever it is repeated.
 *
 * @param location value of the Location header; empty: none
 * @param body JSON text; empty: none
 * @param replayed whether it was given before
 */
public record Answer(int status, String location, String body, boolean replayed) {
  public static Answer of(int status, String location, String body) {
    return new Answer(status, location, body, false);
  }
}
