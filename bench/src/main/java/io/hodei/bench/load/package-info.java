/**
 * Makes load from one thread over plain sockets, so that the generator costs little beside what it
 * measures.
 */
@NullMarked
package io.hodei.bench.load;

import org.jspecify.annotations.NullMarked;
