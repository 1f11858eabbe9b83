@NullMarked
package io.hodei.templates.entity;

import org.jspecify.annotations.NullMarked;
