@NullMarked
package io.hodei.jobs.control;

import org.jspecify.annotations.NullMarked;
