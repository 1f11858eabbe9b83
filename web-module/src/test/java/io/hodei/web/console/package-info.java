@NullMarked
package io.hodei.web.console;

import org.jspecify.annotations.NullMarked;
