/** Which server the command speaks to, and with which token. */
@NullMarked
package io.hodei.cli.context;

import org.jspecify.annotations.NullMarked;
