@NullMarked
package io.hodei.templates.control;

import org.jspecify.annotations.NullMarked;
