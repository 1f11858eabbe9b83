package io.hodei.agents.entity;

/** Fired in the transaction that changes agents or pools; observers wait for its commit. */
public record AgentsChanged(long tenantId) {}
