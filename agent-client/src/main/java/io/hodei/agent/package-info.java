/**
 * The agent: the program on a worker host. It dials a node, executes the attempts that the cluster
 * assigns, and sends back what they print and how they end. It listens on nothing.
 */
@NullMarked
package io.hodei.agent;

import org.jspecify.annotations.NullMarked;
