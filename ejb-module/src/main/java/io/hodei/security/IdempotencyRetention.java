package io.hodei.security;

import io.hodei.cluster.Duties;
import io.hodei.cluster.Term;
import io.hodei.platform.EngineDatabase;
import io.hodei.platform.HodeiSettings;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import io.hodei.platform.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The duty {@code idempotency}: forgets answers that are older than anybody may repeat a request.
 */
@ApplicationScoped
public class IdempotencyRetention {
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final int MOST = 5_000;

  /** In: seconds, limit, duty, term. */
  private static final String FORGET =
      """
      delete from idempotency_keys
       where ctid = any(array(
               select ctid
                 from idempotency_keys
                where created_at < clock_timestamp() - make_interval(secs => :seconds)
                  and\s"""
          + Term.STILL_HELD
          + """

                limit :limit))
      """;

  private final EngineDatabase database;
  private final Duties duties;
  private final Settings settings;
  private final ManagedThreadFactory threads;
  private @Nullable Loop loop;

  @Inject
  public IdempotencyRetention(
      EngineDatabase database, Duties duties, Settings settings, ManagedThreadFactory threads) {
    this.database = database;
    this.duties = duties;
    this.settings = settings;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected IdempotencyRetention() {
    this(null, null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.LAST) NodeStarting event) {
    loop = new Loop("idempotency-retention", EVERY, threads, this::forget);
  }

  void stop(@Observes @Priority(NodeStopping.DISPATCH) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
  }

  private void forget() {
    duties
        .hold("idempotency")
        .ifPresent(
            term -> {
              double seconds = settings.value(HodeiSettings.IDEMPOTENCY_RETENTION).toSeconds();
              int gone =
                  database
                      .sql(FORGET)
                      .set("seconds", seconds)
                      .set("limit", MOST)
                      .set("duty", term.duty())
                      .set("term", term.term())
                      .update();
              if (gone == MOST && loop != null) {
                loop.wake();
              }
            });
  }
}
