/**
 * The console in a real browser: what it shows, how it is used by keyboard, and what it never
 * executes.
 */
@NullMarked
package io.hodei.it.console;

import org.jspecify.annotations.NullMarked;
