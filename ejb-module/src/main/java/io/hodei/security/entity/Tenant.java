package io.hodei.security.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the installation.
 *
 * @param disabledAt since when its tokens do not work; null while they do
 */
public record Tenant(long id, String name, Instant createdAt, @Nullable Instant disabledAt) {}
