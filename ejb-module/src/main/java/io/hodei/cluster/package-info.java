/**
 * The nodes and what they do together. Owns {@code nodes} and {@code duties}; PostgreSQL decides
 * who is a node and who holds a duty, the grid only carries hints and copies.
 *
 * <p>Time: leases are compared with {@code clock_timestamp()} only. A node that cannot renew its
 * number in time stops making ids and holding duties; a duty's term is never issued twice and
 * stands in each write of its holder.
 */
@NullMarked
package io.hodei.cluster;

import org.jspecify.annotations.NullMarked;
