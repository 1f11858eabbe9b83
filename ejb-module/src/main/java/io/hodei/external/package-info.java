/**
 * Executes jobs elsewhere that no agent gets: calls by HTTP and executions of Cloud Run. Owns
 * {@code external_executions}. There is no second life of a job: it goes through the queue, the
 * claim, and the reports of every other, with the tenant's agent "(servers)" and its session, which
 * no node owns and nothing ends.
 *
 * <p>Authority: PostgreSQL. Each node fetches what is ready and what is to be looked at, claims it,
 * calls with bounded parallelism and writes what came of it; no transaction is open during a call.
 * Failures: rows of a node that died are taken over by another one; a start whose outcome is
 * unknown is repeated under the same key. See ADR 0017.
 */
@NullMarked
package io.hodei.external;

import org.jspecify.annotations.NullMarked;
