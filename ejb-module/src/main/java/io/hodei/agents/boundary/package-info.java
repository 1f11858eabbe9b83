@NullMarked
package io.hodei.agents.boundary;

import org.jspecify.annotations.NullMarked;
