@NullMarked
package io.hodei.security.entity;

import org.jspecify.annotations.NullMarked;
