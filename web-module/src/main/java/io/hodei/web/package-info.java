/** The REST API: one resource per feature, and what holds for all of them. */
@NullMarked
package io.hodei.web;

import org.jspecify.annotations.NullMarked;
