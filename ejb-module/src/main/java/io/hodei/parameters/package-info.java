/**
 * What a pipeline or a template asks of whoever uses it: typed parameters, read from its document,
 * and the check of the values that are given for them. Owns no table.
 */
@NullMarked
package io.hodei.parameters;

import org.jspecify.annotations.NullMarked;
