/** Session beans inside of a running Payara Micro, without the REST resources above them. */
@NullMarked
package io.hodei.it.container;

import org.jspecify.annotations.NullMarked;
