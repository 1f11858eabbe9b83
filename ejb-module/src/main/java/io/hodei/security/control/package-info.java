@NullMarked
package io.hodei.security.control;

import org.jspecify.annotations.NullMarked;
