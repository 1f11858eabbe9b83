/** What the served schema promises. */
@NullMarked
package io.hodei.web.pipelines;

import org.jspecify.annotations.NullMarked;
