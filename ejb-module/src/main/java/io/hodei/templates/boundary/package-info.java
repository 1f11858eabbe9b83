@NullMarked
package io.hodei.templates.boundary;

import org.jspecify.annotations.NullMarked;
