@NullMarked
package io.hodei.dispatch.boundary;

import org.jspecify.annotations.NullMarked;
