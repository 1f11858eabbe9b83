/** What the command line of the benchmark does. */
@NullMarked
package io.hodei.bench;

import org.jspecify.annotations.NullMarked;
