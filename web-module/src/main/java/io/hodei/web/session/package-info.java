/** Logins of the console: by a token or a one-time code, kept by a cookie. */
@NullMarked
package io.hodei.web.session;

import org.jspecify.annotations.NullMarked;
