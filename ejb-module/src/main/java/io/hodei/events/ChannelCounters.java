package io.hodei.events;

/**
 * What a channel holds and has done.
 *
 * @param queued events that wait
 * @param delivered events taken by the handlers
 * @param refused events that found no room in time
 * @param failures batches at which a handler threw
 */
public record ChannelCounters(
    String name, int capacity, long queued, long delivered, long refused, long failures) {}
