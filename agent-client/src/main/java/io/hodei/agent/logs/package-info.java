/**
 * What attempts print: read by byte, cut into chunks, counted and digested on the way to the spool.
 */
@NullMarked
package io.hodei.agent.logs;

import org.jspecify.annotations.NullMarked;
