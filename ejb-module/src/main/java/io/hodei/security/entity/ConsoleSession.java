package io.hodei.security.entity;

import io.hodei.security.Caller;
import java.time.Duration;
import java.time.Instant;

/**
 * A login of a browser.
 *
 * @param caller who came in: the principal of the token that the login came from
 * @param idle how long it lives without being used
 * @param expiresAt when it ends however much it is used
 */
public record ConsoleSession(
    long id, Caller caller, Duration idle, Instant createdAt, Instant expiresAt) {}
