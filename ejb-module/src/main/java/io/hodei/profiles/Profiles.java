package io.hodei.profiles;

import io.hodei.platform.Causes;
import io.hodei.platform.DatabaseFailure;
import io.hodei.platform.EngineDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;

/** The profile that holds now. Cheap to ask; another node's change is seen within two seconds. */
@ApplicationScoped
public class Profiles {
  private static final Logger LOG = System.getLogger(Profiles.class.getName());
  private static final long VALID_NANOS = 2_000_000_000L;

  private final EngineDatabase database;
  private final AtomicLong readAt = new AtomicLong(System.nanoTime() - VALID_NANOS);
  private volatile Profile active = Profile.DEFAULT;

  @Inject
  public Profiles(EngineDatabase database) {
    this.database = database;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Profiles() {
    this(null);
  }

  /** The active profile; while the database is away, the one that was active before. */
  public Profile active() {
    long before = readAt.get();
    long now = System.nanoTime();
    if (now - before >= VALID_NANOS && readAt.compareAndSet(before, now)) {
      read();
    }
    return active;
  }

  /** Takes a change of this node over at once. */
  void changedTo(Profile profile) {
    active = profile;
  }

  private void read() {
    try {
      active =
          database
              .sql(ProfileSql.ACTIVE)
              .first(row -> row.text("value"))
              .flatMap(Profile::named)
              .orElse(Profile.DEFAULT);
    } catch (DatabaseFailure e) {
      LOG.log(
          Level.DEBUG,
          "The active profile could not be read; {0} stays: {1}",
          active.name(),
          Causes.sentence(e));
    }
  }
}
