/** The migrations and rules against servers that are set up rightly and wrongly. */
@NullMarked
package io.hodei.db;

import org.jspecify.annotations.NullMarked;
