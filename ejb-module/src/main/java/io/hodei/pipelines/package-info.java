/**
 * Versioned graphs of steps: how they are written, checked and kept. Owns {@code pipelines} and
 * {@code pipeline_versions}. A version never changes; equal content is the same version.
 * Expressions are CEL, total and bounded (docs/adr/0014). Runs execute versions and know them by
 * id.
 */
@NullMarked
package io.hodei.pipelines;

import org.jspecify.annotations.NullMarked;
