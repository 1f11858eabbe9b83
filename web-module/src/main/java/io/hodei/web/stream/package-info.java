/**
 * What flows to clients: events and the output of jobs. A client that waits costs no thread and no
 * database connection; one that reads slowly costs a bounded queue and is served from the database
 * when it catches up.
 */
@NullMarked
package io.hodei.web.stream;

import org.jspecify.annotations.NullMarked;
