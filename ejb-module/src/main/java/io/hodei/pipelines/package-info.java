/** Versioned graphs of steps: how they are written, checked and kept. Runs execute them. */
@NullMarked
package io.hodei.pipelines;

import org.jspecify.annotations.NullMarked;
