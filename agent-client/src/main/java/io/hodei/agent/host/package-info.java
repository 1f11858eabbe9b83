/** What the agent says about its host: CPUs, memory, load and free disk. */
@NullMarked
package io.hodei.agent.host;

import org.jspecify.annotations.NullMarked;
