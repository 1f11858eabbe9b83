/** Arithmetic and protocol of the benchmark; nothing here measures. */
@NullMarked
package io.hodei.bench.report;

import org.jspecify.annotations.NullMarked;
