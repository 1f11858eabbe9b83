package io.hodei.jobs.entity;

import java.util.List;

/** Fired in the transaction that makes jobs ready; observers wait for its commit. */
public record JobsReady(List<Ticket> tickets) {}
