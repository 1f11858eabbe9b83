/**
 * Speaks the REST contract: requests, problem documents, server-sent events, a job's log without
 * gap or repeat.
 */
@NullMarked
package io.hodei.cli.client;

import org.jspecify.annotations.NullMarked;
