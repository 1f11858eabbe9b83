/** Liveness, readiness and start of this node, and its metrics. */
@NullMarked
package io.hodei.web.health;

import org.jspecify.annotations.NullMarked;
