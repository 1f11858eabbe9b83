@NullMarked
package io.hodei.external.entity;

import org.jspecify.annotations.NullMarked;
