package io.hodei.security.entity;

import io.hodei.security.Role;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a token, already validated.
 *
 * @param installation whether its holder shall administer the whole installation
 * @param expiresIn null: never
 */
public record TokenRequest(
    String name, Role role, boolean installation, @Nullable Duration expiresIn) {}
