/** What holds for every endpoint: problems, queries, cursors, bodies, idempotency, the database. */
@NullMarked
package io.hodei.web.http;

import org.jspecify.annotations.NullMarked;
