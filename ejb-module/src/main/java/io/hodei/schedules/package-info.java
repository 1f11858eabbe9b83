/**
 * Schedules: what repeats, and when. Owns {@code schedules}, {@code schedule_firings}, {@code
 * calendars}, {@code freezes}, {@code backfills}. The holder of the duty {@code schedules} looks
 * for due ones; the unique row of each tick, written in the transaction that makes its job, decides
 * that it fires once, whoever fires it. {@link io.hodei.schedules.control.Ticks} says when, for
 * firing and preview alike.
 *
 * <p>States: ACTIVE, PAUSED, ENDED; firings: STARTED, BUFFERED, SKIPPED, REFUSED, then the state in
 * which the job ended. When the holder dies, another one goes on within 4 s and makes up for what
 * was missed.
 */
@NullMarked
package io.hodei.schedules;

import org.jspecify.annotations.NullMarked;
