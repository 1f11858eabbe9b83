/** Schedules, their calendars, freezes and backfills over HTTP. */
@NullMarked
package io.hodei.web.schedules;

import org.jspecify.annotations.NullMarked;
