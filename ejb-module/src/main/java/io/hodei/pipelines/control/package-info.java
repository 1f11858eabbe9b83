/** How pipelines are read, checked, filled, written and stored. */
@NullMarked
package io.hodei.pipelines.control;

import org.jspecify.annotations.NullMarked;
