@NullMarked
package io.hodei.cli.testing;

import org.jspecify.annotations.NullMarked;
