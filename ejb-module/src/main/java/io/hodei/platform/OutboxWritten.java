package io.hodei.platform;

/** A transaction has written events to the outbox; fired inside of it, heard after its commit. */
public record OutboxWritten() {}
