@NullMarked
package io.hodei.agents.entity;

import org.jspecify.annotations.NullMarked;
