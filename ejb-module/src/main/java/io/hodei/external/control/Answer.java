package io.hodei.external.control;

import java.util.Map;

/**
 * The answer to a call.
 *
 * @param headers by lower-case name; values of one name are joined by commas
 * @param body at most {@link Connection#MOST_BODY} bytes
 * @param dropped how many bytes the body has beyond these; at least 1 when that is not known
 */
record Answer(int status, Map<String, String> headers, byte[] body, long dropped) {}
