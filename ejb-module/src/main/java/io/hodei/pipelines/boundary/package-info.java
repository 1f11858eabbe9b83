/** What others do with pipelines: read documents, keep versions, evaluate their expressions. */
@NullMarked
package io.hodei.pipelines.boundary;

import org.jspecify.annotations.NullMarked;
