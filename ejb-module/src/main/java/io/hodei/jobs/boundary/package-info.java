@NullMarked
package io.hodei.jobs.boundary;

import org.jspecify.annotations.NullMarked;
