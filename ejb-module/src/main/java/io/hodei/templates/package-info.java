/**
 * Templates and prompts: jobs with parameters, in versions that never change, and the tools that
 * prompts are for. Owns {@code templates}, {@code template_versions}, {@code tools}. A template
 * makes jobs and knows no more of them; they carry its name as a label.
 *
 * <p>A value is inserted once and never read again as part of the template; docs/templates.md says
 * what stands where.
 */
@NullMarked
package io.hodei.templates;

import org.jspecify.annotations.NullMarked;
