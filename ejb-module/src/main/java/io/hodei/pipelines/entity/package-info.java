/** What a pipeline is, apart from how it is written, stored and run. */
@NullMarked
package io.hodei.pipelines.entity;

import org.jspecify.annotations.NullMarked;
