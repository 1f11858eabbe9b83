@NullMarked
package io.hodei.runs.control;

import org.jspecify.annotations.NullMarked;
