/** Templates, prompts and tools over REST. */
@NullMarked
package io.hodei.web.templates;

import org.jspecify.annotations.NullMarked;
