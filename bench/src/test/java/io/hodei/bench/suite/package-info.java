/** Arithmetic and protocol of the benchmark; nothing here measures. */
@NullMarked
package io.hodei.bench.suite;

import org.jspecify.annotations.NullMarked;
