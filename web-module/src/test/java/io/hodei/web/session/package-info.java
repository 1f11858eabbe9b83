@NullMarked
package io.hodei.web.session;

import org.jspecify.annotations.NullMarked;
