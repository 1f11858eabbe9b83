/** The hodei command: start, exit codes, and which subcommand does what. */
@NullMarked
package io.hodei.cli;

import org.jspecify.annotations.NullMarked;
