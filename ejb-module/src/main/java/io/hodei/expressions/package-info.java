/**
 * The language of expressions (CEL) and its bounds. Owns no table; what expressions see is said by
 * the features that have them.
 */
@NullMarked
package io.hodei.expressions;

import org.jspecify.annotations.NullMarked;
