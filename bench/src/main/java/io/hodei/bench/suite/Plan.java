package io.hodei.bench.suite;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds that count; one more warms up
 * @param jobs of a round that counts jobs
 * @param time of a round that is a stretch of load
 */
public record Plan(int rounds, int jobs, Duration time) {}
