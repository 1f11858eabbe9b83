/**
 * What every feature stands on: settings, ids, time, errors, the two databases, loops and the order
 * in which a node starts and stops. Owns no table.
 *
 * <p>Knows no other feature: a node that starts fires {@link io.hodei.platform.NodeStarting}, and
 * each feature observes it with the priority that its place in the order needs.
 */
@NullMarked
package io.hodei.platform;

import org.jspecify.annotations.NullMarked;
