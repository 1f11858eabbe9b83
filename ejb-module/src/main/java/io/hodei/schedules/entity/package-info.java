@NullMarked
package io.hodei.schedules.entity;

import org.jspecify.annotations.NullMarked;
