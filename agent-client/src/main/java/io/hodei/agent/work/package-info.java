/**
 * Attempts: which ones this agent has, when they start, how they end and what is reported of them.
 * No attempt starts twice and no two processes of one job run at once.
 */
@NullMarked
package io.hodei.agent.work;

import org.jspecify.annotations.NullMarked;
