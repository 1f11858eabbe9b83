/** One class per command of the command line. */
@NullMarked
package io.hodei.cli.command;

import org.jspecify.annotations.NullMarked;
