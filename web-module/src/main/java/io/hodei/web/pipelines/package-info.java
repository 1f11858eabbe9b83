/** Pipelines over REST: definitions, versions, differences. */
@NullMarked
package io.hodei.web.pipelines;

import org.jspecify.annotations.NullMarked;
