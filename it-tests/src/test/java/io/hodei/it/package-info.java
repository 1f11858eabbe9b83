/** What the packaged product does, seen from outside: over HTTP, WebSocket, SQL and signals. */
@NullMarked
package io.hodei.it;

import org.jspecify.annotations.NullMarked;
