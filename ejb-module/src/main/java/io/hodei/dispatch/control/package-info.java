@NullMarked
package io.hodei.dispatch.control;

import org.jspecify.annotations.NullMarked;
