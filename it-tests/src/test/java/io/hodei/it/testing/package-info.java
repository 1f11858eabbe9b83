/** Clusters, clients and observers that the tests share. */
@NullMarked
package io.hodei.it.testing;

import org.jspecify.annotations.NullMarked;
