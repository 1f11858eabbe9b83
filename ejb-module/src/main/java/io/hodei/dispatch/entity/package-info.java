@NullMarked
package io.hodei.dispatch.entity;

import org.jspecify.annotations.NullMarked;
