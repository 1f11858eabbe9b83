/**
 * Single classes of the product under JMH. Some benchmarks lie in the packages of what they
 * measure, which is private.
 */
@NullMarked
package io.hodei.bench.micro;

import org.jspecify.annotations.NullMarked;
