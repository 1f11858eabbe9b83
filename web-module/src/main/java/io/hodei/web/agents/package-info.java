/** The resources of agents. */
@NullMarked
package io.hodei.web.agents;

import org.jspecify.annotations.NullMarked;
