/** The installation under test and what it spent. */
@NullMarked
package io.hodei.bench.cluster;

import org.jspecify.annotations.NullMarked;
