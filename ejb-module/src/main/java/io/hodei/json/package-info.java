/**
 * JSON, read strictly and once: the reader is the guard in front of everything, so it refuses what
 * is too deep, too long, ambiguous or not UTF-8 in one pass over the bytes, and what it gives knows
 * its place for errors.
 */
@NullMarked
package io.hodei.json;

import org.jspecify.annotations.NullMarked;
