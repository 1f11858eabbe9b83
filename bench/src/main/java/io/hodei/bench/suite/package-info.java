/** One class per suite: what is measured together under one name. */
@NullMarked
package io.hodei.bench.suite;

import org.jspecify.annotations.NullMarked;
