package io.hodei.events;

import io.hodei.cluster.Term;
import io.hodei.testing.TestDatabase;

/** An outbox without rows, and the right to give them positions. */
final class RelayDuty {
  static final Term TERM = new Term(EventRelay.DUTY, 7);

  private RelayDuty() {}

  static void begin(TestDatabase database) {
    database.admin().sql("truncate outbox").execute();
    database
        .admin()
        .sql(
            """
            insert into duties (name, holder, incarnation, term, until)
            values ('relay', 1, 1, 7, clock_timestamp() + interval '1 hour')
            on conflict (name) do update set term = 7, until = excluded.until
            """)
        .execute();
  }
}
