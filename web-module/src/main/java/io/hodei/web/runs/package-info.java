/** The resources of runs. */
@NullMarked
package io.hodei.web.runs;

import org.jspecify.annotations.NullMarked;
