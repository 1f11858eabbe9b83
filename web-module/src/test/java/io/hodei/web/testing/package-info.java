/** Doubles that tests of this module share. */
@NullMarked
package io.hodei.web.testing;

import org.jspecify.annotations.NullMarked;
