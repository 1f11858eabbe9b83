@NullMarked
package io.hodei.external.boundary;

import org.jspecify.annotations.NullMarked;
