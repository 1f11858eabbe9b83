/** Arithmetic and protocol of the benchmark; nothing here measures. */
@NullMarked
package io.hodei.bench.load;

import org.jspecify.annotations.NullMarked;
