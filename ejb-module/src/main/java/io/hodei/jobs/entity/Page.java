package io.hodei.jobs.entity;

import java.util.List;

/**
 * A page of a list, newest first.
 *
 * @param next the id after which the next page begins; 0 when this is the last
 */
public record Page<T>(List<T> items, long next) {}
