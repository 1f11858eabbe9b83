/** A server double that speaks HWP over real sockets, and agents as real child processes. */
@NullMarked
package io.hodei.agent.testing;

import org.jspecify.annotations.NullMarked;
