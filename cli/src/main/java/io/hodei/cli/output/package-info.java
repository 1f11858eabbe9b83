/**
 * What goes to standard output: JSON, YAML, tables; nothing from the server reaches the terminal as
 * an escape sequence.
 */
@NullMarked
package io.hodei.cli.output;

import org.jspecify.annotations.NullMarked;
