/** Resources of those who run a tenant or the installation. */
@NullMarked
package io.hodei.web.admin;

import org.jspecify.annotations.NullMarked;
