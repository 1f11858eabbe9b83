package io.hodei.logs;

/** Fired in the transaction that stores output; what waits for it is told after the commit. */
public record LogsStored(long[] jobIds) {}
