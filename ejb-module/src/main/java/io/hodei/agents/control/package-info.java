@NullMarked
package io.hodei.agents.control;

import org.jspecify.annotations.NullMarked;
