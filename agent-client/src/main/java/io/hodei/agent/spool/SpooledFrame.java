package io.hodei.agent.spool;

/**
 * A durable frame as it goes over the wire.
 *
 * @param bytes the serialized ClientFrame, number included
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SpooledFrame(long number, byte[] bytes) {}
