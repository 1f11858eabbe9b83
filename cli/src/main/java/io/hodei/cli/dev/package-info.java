/**
 * A whole cluster on one machine: PostgreSQL, nodes, agents. The command dev uses it, and so do
 * tests and benchmarks.
 */
@NullMarked
package io.hodei.cli.dev;

import org.jspecify.annotations.NullMarked;
