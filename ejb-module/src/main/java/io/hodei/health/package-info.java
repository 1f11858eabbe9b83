/**
 * Whether this node lives, is ready and has started. Owns no table. Ready means that it can serve
 * requests now: the database answers and the node holds its number.
 */
@NullMarked
package io.hodei.health;

import org.jspecify.annotations.NullMarked;
