@NullMarked
package io.hodei.schedules.boundary;

import org.jspecify.annotations.NullMarked;
