/** What the console shows first: the tenant and the cluster at a glance. */
@NullMarked
package io.hodei.web.overview;

import org.jspecify.annotations.NullMarked;
