package io.hodei.bench.yardstick;

import com.zaxxer.hikari.HikariDataSource;

/** Something that executes jobs from a database, in this process. */
interface Peer {
  /** As in the report: {@code dbScheduler}. */
  String name();

  /** How it was set up, in one line. */
  String what();

  /** Makes its tables and whatever it needs, and starts it. */
  Running start(HikariDataSource database);

  /** A peer that takes jobs. */
  interface Running extends AutoCloseable {
    /** Stores that many jobs in bulk; they are executed meanwhile. */
    void submit(int jobs);

    /** Whether all jobs have ended, durably. */
    boolean isDone();

    /** Empties its tables. */
    void clear();

    @Override
    void close();
  }
}
