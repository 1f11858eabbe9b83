/**
 * The agent's lease and the watch over it inside the JVM. Monotonic clock only; the keeper of
 * {@code process} is the same watch outside the JVM.
 */
@NullMarked
package io.hodei.agent.lease;

import org.jspecify.annotations.NullMarked;
