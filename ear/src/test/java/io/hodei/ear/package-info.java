/** hodei.ear and the server that it is made for. */
@NullMarked
package io.hodei.ear;

import org.jspecify.annotations.NullMarked;
