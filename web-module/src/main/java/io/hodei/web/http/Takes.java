package io.hodei.web.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The query parameters of a resource method, besides those it declares with {@code @QueryParam}.
 * Any other is refused, and so is a single one that comes twice.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Takes {
  /** Names of parameters that come once at most. */
  String[] value() default {};

  /** Names of parameters that may be repeated. */
  String[] many() default {};

  /** Whether the filters of a list of jobs are taken too. */
  boolean jobFilter() default false;
}
