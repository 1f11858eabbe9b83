/**
 * Copies of what the database holds: on this node (L1) and, of what cannot change any more, in the
 * grid (L2). Owns no table; keeps one secret in {@code settings}. PostgreSQL decides: no decision
 * reads a cache, and a copy that is lost or forged is a miss. See
 * docs/adr/0004-what-the-cache-may-hold.md.
 */
@NullMarked
package io.hodei.cache;

import org.jspecify.annotations.NullMarked;
