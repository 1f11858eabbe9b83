package io.hodei.events;

import java.util.List;

/**
 * Events of one tenant, oldest first.
 *
 * @param next where the next page begins; also set when nothing was found
 * @param more whether there was more when the page was read
 */
public record EventPage(List<CloudEvent> events, EventCursor next, boolean more) {}
