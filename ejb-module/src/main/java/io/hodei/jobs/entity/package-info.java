@NullMarked
package io.hodei.jobs.entity;

import org.jspecify.annotations.NullMarked;
