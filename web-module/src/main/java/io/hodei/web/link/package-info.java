/**
 * The WebSocket that agents dial: frames in, frames out; what they mean is decided by the feature
 * dispatch.
 */
@NullMarked
package io.hodei.web.link;

import org.jspecify.annotations.NullMarked;
