/** What a run is, apart from how it advances and is stored. */
@NullMarked
package io.hodei.runs.entity;

import org.jspecify.annotations.NullMarked;
