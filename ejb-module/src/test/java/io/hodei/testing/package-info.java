/** What tests share: a real database, and doubles written by hand. */
@NullMarked
package io.hodei.testing;

import org.jspecify.annotations.NullMarked;
