/**
 * Load and faults at the same time, and what must be true afterwards. The submitter keeps its own
 * log of what was acknowledged, jobs keep their own log of when they ran; both lie outside of the
 * system.
 */
@NullMarked
package io.hodei.it.chaos;

import org.jspecify.annotations.NullMarked;
