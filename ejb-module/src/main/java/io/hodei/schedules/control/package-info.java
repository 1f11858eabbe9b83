@NullMarked
package io.hodei.schedules.control;

import org.jspecify.annotations.NullMarked;
