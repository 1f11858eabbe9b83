/**
 * What a person on call looks at, in the application scope of MicroProfile Metrics. Owns no table.
 * Knows the features below and asks them; they do not know it.
 */
@NullMarked
package io.hodei.metrics;

import org.jspecify.annotations.NullMarked;
