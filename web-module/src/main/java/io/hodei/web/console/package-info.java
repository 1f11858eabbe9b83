/**
 * The files of the console. They are the only thing that strangers are given: what is in the
 * archive beside {@code WEB-INF} when the node starts, by its exact path, and nothing else.
 */
@NullMarked
package io.hodei.web.console;

import org.jspecify.annotations.NullMarked;
