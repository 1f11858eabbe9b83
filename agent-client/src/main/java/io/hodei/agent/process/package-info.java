/**
 * Process trees: launching them contained, ending them TERM, grace, KILL, and proving that nothing
 * is left. The keeper, a shell script outside the JVM, ends them when the JVM dies or stands still.
 */
@NullMarked
package io.hodei.agent.process;

import org.jspecify.annotations.NullMarked;
