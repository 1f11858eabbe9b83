/**
 * The agent's memory on disk: an append-only log of numbered frames in segment files. It owns the
 * directory {@code spool}; what was appended survives kill -9 and a restart, until the server
 * acknowledged it and nobody can ask for it again. The server decides what is acknowledged.
 */
@NullMarked
package io.hodei.agent.spool;

import org.jspecify.annotations.NullMarked;
