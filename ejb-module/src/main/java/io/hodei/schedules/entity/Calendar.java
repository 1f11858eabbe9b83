package io.hodei.schedules.entity;

import java.time.Instant;

/** A named calendar of a tenant. */
public record Calendar(String name, CalendarDays days, int version, Instant updatedAt) {}
