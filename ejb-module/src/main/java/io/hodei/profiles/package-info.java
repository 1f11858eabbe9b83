/**
 * Profiles: many settings at once, changed at run time. Owns the row {@code profile} of {@code
 * settings}; the database decides, each node looks again after two seconds.
 */
@NullMarked
package io.hodei.profiles;

import org.jspecify.annotations.NullMarked;
