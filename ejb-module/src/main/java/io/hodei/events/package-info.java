/**
 * What happened, told to whoever wants to know: local channels ({@link io.hodei.events.EventBus})
 * and the durable {@code outbox}, which this feature owns. Every feature writes its events to the
 * outbox in the transaction of the change.
 *
 * <p>PostgreSQL decides: the holder of the duty {@code relay} gives positions, every node follows
 * them with its own cursor, and clients resume from any position that is still kept. A lost wake-up
 * costs at most a second, a lost node nothing.
 */
@NullMarked
package io.hodei.events;

import org.jspecify.annotations.NullMarked;
