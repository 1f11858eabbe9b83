/**
 * Agents, their sessions, and pools. Owns {@code agents}, {@code agent_sessions} and {@code pools}.
 *
 * <p>A session is an agent's lease with the cluster, renewed in PostgreSQL by the node the agent is
 * connected to; the agent takes it along to another node. Time: a session counts as ended only when
 * a node has watched it for longer than its time to live, on its own monotonic clock, without
 * seeing a renewal, so a jump of the database's clock ends nothing.
 */
@NullMarked
package io.hodei.agents;

import org.jspecify.annotations.NullMarked;
