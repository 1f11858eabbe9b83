package io.hodei.external.control;

import io.hodei.external.entity.Done;
import io.hodei.external.entity.ExternalTask;
import io.hodei.external.entity.Found;
import io.hodei.external.entity.Outcome;
import io.hodei.external.entity.Phase;
import io.hodei.external.entity.ReadyTask;
import io.hodei.jobs.boundary.JobSpecs;
import io.hodei.jobs.entity.AttemptKey;
import io.hodei.jobs.entity.JobSpec;
import io.hodei.jobs.entity.LeasedJob;
import io.hodei.platform.Database;
import io.hodei.platform.EngineDatabase;
import io.hodei.platform.Row;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the statements of {@link ExternalSql}. */
@Dependent
public class ExternalRows {
  /** Longer than any call; who waits longer for its turn lets it go. */
  public static final Duration LEASE = Duration.ofMinutes(15);

  private final EngineDatabase database;
  private final JobSpecs specs;

  @Inject
  public ExternalRows(EngineDatabase database, JobSpecs specs) {
    this.database = database;
    this.specs = specs;
  }

  /** Takes what is due and finds what is ready, with one statement. */
  public Found fetch(long holder, int starts, int looks) {
    List<ReadyTask> ready = new ArrayList<>();
    List<ExternalTask> due = new ArrayList<>();
    database
        .sql(ExternalSql.FETCH)
        .set("looks", looks)
        .set("starts", starts)
        .set("holder", holder)
        .set("lease", (double) LEASE.toSeconds())
        .list(
            row -> {
              JobSpec spec = specs.of(row.number("spec_id"), row.text("document"));
              return row.integer("looks") == 0 ? ready.add(ready(row)) : due.add(due(row, spec));
            });
    return new Found(ready, due);
  }

  /** Notes that this node begins to work on attempts that were claimed just now. */
  public void begin(long holder, List<LeasedJob> leased) {
    database
        .sql(ExternalSql.BEGIN)
        .set("jobs", leased.stream().mapToLong(LeasedJob::id).toArray())
        .set("epochs", leased.stream().mapToInt(LeasedJob::epoch).toArray())
        .set("tenants", leased.stream().mapToLong(LeasedJob::tenantId).toArray())
        .set("sessions", leased.stream().mapToLong(LeasedJob::sessionId).toArray())
        .set("executors", leased.stream().map(job -> job.spec().executor()).toArray(String[]::new))
        .set("holder", holder)
        .set("lease", (double) LEASE.toSeconds())
        .update();
  }

  /** Those that nobody took since; they stay so until the transaction ends. */
  public Set<AttemptKey> stillOurs(List<Done> done) {
    return new HashSet<>(
        keys(database.sql(ExternalSql.STILL_OURS), done)
            .set("looks", done.stream().mapToInt(each -> each.task().looks()).toArray())
            .list(ExternalRows::key));
  }

  /** Writes when to look again. */
  public void move(List<Done> running) {
    keys(database.sql(ExternalSql.MOVE), running)
        .set("phases", texts(running, ExternalRows::phase))
        .set("names", texts(running, ExternalRows::name))
        .set("targets", texts(running, ExternalRows::target))
        .set("delays", running.stream().mapToLong(done -> micros(delay(done.outcome()))).toArray())
        .set("runs", running.stream().mapToLong(ExternalRows::run).toArray())
        .set("waits", texts(running, ExternalRows::waits))
        .update();
  }

  public void end(Collection<AttemptKey> ended) {
    database
        .sql(ExternalSql.END)
        .set("jobs", ended.stream().mapToLong(AttemptKey::jobId).toArray())
        .set("epochs", ended.stream().mapToInt(AttemptKey::epoch).toArray())
        .update();
  }

  /** Makes what shall end due; answers those. */
  public List<AttemptKey> cancel() {
    return database.sql(ExternalSql.CANCEL).list(ExternalRows::key);
  }

  /** Makes due what a node held that is gone; answers how many. */
  public int adopt() {
    return database.sql(ExternalSql.ADOPT).update();
  }

  private static ReadyTask ready(Row row) throws SQLException {
    return new ReadyTask(
        row.number("job_id"), row.number("tenant_id"), row.text("tenant"), pipeline(row));
  }

  private static ExternalTask due(Row row, JobSpec spec) throws SQLException {
    return new ExternalTask(
        row.number("job_id"),
        row.integer("epoch"),
        row.number("tenant_id"),
        row.text("tenant"),
        row.number("session_id"),
        row.integer("looks"),
        Phase.valueOf(row.text("phase")),
        row.textOrNull("execution_name"),
        row.textOrNull("cancel_target"),
        spec,
        pipeline(row),
        row.flag("held"),
        row.flag("overdue"),
        Duration.ofMillis(row.number("put_off")));
  }

  private static @Nullable String pipeline(Row row) throws SQLException {
    String name = row.textOrNull("pipeline");
    return name == null ? null : name + "@" + row.integer("version");
  }

  private static AttemptKey key(Row row) throws SQLException {
    return new AttemptKey(row.number("job_id"), row.integer("epoch"));
  }

  private static Database.Query keys(Database.Query query, List<Done> done) {
    return query
        .set("jobs", done.stream().mapToLong(each -> each.task().jobId()).toArray())
        .set("epochs", done.stream().mapToInt(each -> each.task().epoch()).toArray());
  }

  private static String[] texts(List<Done> done, java.util.function.Function<Done, String> text) {
    return done.stream().map(text).toArray(String[]::new);
  }

  private static String phase(Done done) {
    Phase phase = done.task().phase();
    return (phase == Phase.STARTING && done.outcome() instanceof Outcome.Running
            ? Phase.RUNNING
            : phase)
        .name();
  }

  private static String name(Done done) {
    return done.outcome() instanceof Outcome.Running running
        ? Objects.requireNonNullElse(running.executionName(), "")
        : "";
  }

  private static String target(Done done) {
    return done.outcome() instanceof Outcome.Running running
        ? Objects.requireNonNullElse(running.cancelTarget(), "")
        : "";
  }

  private static Duration delay(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Running running -> running.nextLook();
      case Outcome.PutOff putOff -> putOff.delay();
      default -> Duration.ZERO;
    };
  }

  /** The run timeout of what has begun just now. */
  private static long run(Done done) {
    Duration run = done.task().spec().timeouts().run();
    boolean begins =
        done.task().phase() == Phase.STARTING && done.outcome() instanceof Outcome.Running;
    return begins && run != null ? micros(run) : 0;
  }

  private static String waits(Done done) {
    return done.outcome() instanceof Outcome.PutOff putOff ? putOff.why().replace("\0", "") : "";
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
