package io.hodei.jobs.entity;

import java.util.List;

/**
 * Fired in the transaction that asks for the end of jobs an agent holds; observers wait for its
 * commit.
 */
public record CancelRequested(List<HeldAttempt> attempts) {}
