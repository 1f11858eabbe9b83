package io.hodei.cli.dev;

import java.nio.file.Path;

/**
 * One process (or, for PostgreSQL, one group of processes) of the cluster; every method returns
 * when it is done.
 */
public sealed interface Part permits PostgresServer, DevNode, DevAgent {
  /** How progress and messages call it: {@code PostgreSQL}, {@code node 1}, {@code agent 1}. */
  String name();

  /** Starts it, or starts it again with the same data, and returns when it answers. */
  void start();

  /** Ends it in order; does nothing when it does not run. */
  void stop();

  /** {@code kill -9}: nothing is flushed, nothing says goodbye. */
  void kill();

  /** {@code SIGSTOP}: it stays, and answers nobody. */
  void suspend();

  /** {@code SIGCONT}. */
  void resume();

  boolean alive();

  /** Its process id; PostgreSQL: of the postmaster. */
  long pid();

  /** Where its output goes. */
  Path log();
}
