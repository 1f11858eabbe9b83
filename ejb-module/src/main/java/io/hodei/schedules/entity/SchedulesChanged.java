package io.hodei.schedules.entity;

/** Fired in a transaction after which something may be due earlier; observers wait for its end. */
public record SchedulesChanged() {}
