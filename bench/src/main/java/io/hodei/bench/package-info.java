/** Measures a whole installation: PostgreSQL, a node and an agent, as users reach it. */
@NullMarked
package io.hodei.bench;

import org.jspecify.annotations.NullMarked;
