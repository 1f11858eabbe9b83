/**
 * Brings ready jobs to agents and their reports back. Owns no table: it proposes, and the
 * statements of {@code jobs} and {@code agents} decide.
 *
 * <p>Authority: PostgreSQL. Tickets in the grid ({@code ready.<demand>.<level>}) are hints; what
 * they lose is found by looking at the table, which a node with idle slots does every {@code
 * hodei.dispatch.poll}. A session's slots are counted by the node its agent is connected to.
 * Failures: a node that dies leaves LEASED jobs that their agent does not know; they are sent again
 * when the agent connects to another node. An agent that dies is noticed by its session, see {@code
 * agents}.
 */
@NullMarked
package io.hodei.dispatch;

import org.jspecify.annotations.NullMarked;
