/**
 * Who comes in: credentials are checked before anything else, permissions before a resource runs,
 * and what declares none is closed.
 */
@NullMarked
package io.hodei.web.access;

import org.jspecify.annotations.NullMarked;
