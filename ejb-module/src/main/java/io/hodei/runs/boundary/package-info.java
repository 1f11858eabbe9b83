@NullMarked
package io.hodei.runs.boundary;

import org.jspecify.annotations.NullMarked;
