package io.hodei.schedules.entity;

import java.time.Duration;
import java.util.List;

/** How late ticks were fired; for metrics. */
public record FiredLate(List<Duration> lateness) {}
