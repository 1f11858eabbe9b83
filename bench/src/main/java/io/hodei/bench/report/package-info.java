/** What was measured, where and with which settings: as Markdown and as JSON. */
@NullMarked
package io.hodei.bench.report;

import org.jspecify.annotations.NullMarked;
