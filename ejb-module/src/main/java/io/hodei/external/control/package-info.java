@NullMarked
package io.hodei.external.control;

import org.jspecify.annotations.NullMarked;
