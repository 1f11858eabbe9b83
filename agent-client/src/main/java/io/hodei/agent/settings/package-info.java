/**
 * The agent's settings: each has a key, a default and a description, and comes from an argument,
 * the environment or a properties file, in this order.
 */
@NullMarked
package io.hodei.agent.settings;

import org.jspecify.annotations.NullMarked;
