/** The resources of jobs. */
@NullMarked
package io.hodei.web.jobs;

import org.jspecify.annotations.NullMarked;
