package io.hodei.jobs.control;

import static java.util.Objects.requireNonNull;

import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobState;
import io.hodei.jobs.entity.NewJob;
import io.hodei.jobs.entity.NewTask;
import io.hodei.jobs.entity.Ticket;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.FlatJson;
import io.hodei.platform.Row;
import io.hodei.security.Caller;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** New jobs as columns, the form in which one statement takes all of them. */
public final class NewJobRows {
  private final List<NewJob> jobs;
  private final long[] runs;
  private final String[] steps;
  private final long[] ids;
  private final String[] documents;
  private final Demand[] demands;
  private final long[] specIds;
  private final long[] demandIds;

  /** Ids of inserted jobs that are not due yet. */
  private final Set<Long> later = new HashSet<>();

  /** When the jobs were inserted, by the clock of the database. */
  private Instant at = Instant.EPOCH;

  private NewJobRows(List<NewJob> jobs, long[] ids) {
    this.jobs = jobs;
    this.ids = ids;
    this.runs = new long[ids.length];
    this.steps = new String[ids.length];
    Arrays.fill(steps, "");
    this.documents = new String[ids.length];
    this.demands = new Demand[ids.length];
    this.specIds = new long[ids.length];
    this.demandIds = new long[ids.length];
  }

  public static NewJobRows of(List<NewJob> jobs, long[] ids) {
    NewJobRows rows = new NewJobRows(jobs, ids);
    for (int i = 0; i < ids.length; i++) {
      NewJob job = jobs.get(i);
      rows.documents[i] = SpecDocument.write(job.spec());
      rows.demands[i] = new Demand(job.pool(), job.spec().executor(), job.requires());
    }
    return rows;
  }

  /** Jobs that are tasks of runs. */
  public static NewJobRows ofTasks(List<NewTask> tasks, long[] ids) {
    NewJobRows rows = of(tasks.stream().map(NewTask::job).toList(), ids);
    for (int i = 0; i < ids.length; i++) {
      rows.runs[i] = tasks.get(i).runId();
      rows.steps[i] = tasks.get(i).step();
    }
    return rows;
  }

  public long[] ids() {
    return ids;
  }

  public Collection<String> documents() {
    return new HashSet<>(List.of(documents));
  }

  public Collection<Demand> demands() {
    return new HashSet<>(List.of(demands));
  }

  /** Says under which ids the shared content is stored. */
  public void share(Map<String, Long> specs, Map<Demand, Long> demandsById) {
    for (int i = 0; i < ids.length; i++) {
      specIds[i] = requireNonNull(specs.get(documents[i]));
      demandIds[i] = requireNonNull(demandsById.get(demands[i]));
    }
  }

  /**
   * Writes the jobs.
   *
   * @throws DomainException CONFLICT when a pool is draining; nothing is written
   */
  public void insert(Database database, Caller caller) {
    int[] levels = new int[ids.length];
    String[] names = new String[ids.length];
    String[] labels = new String[ids.length];
    long[] available = new long[ids.length];
    long[] waits = new long[ids.length];
    long[] totals = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      NewJob job = jobs.get(i);
      levels[i] = job.priority().code();
      names[i] = job.name();
      labels[i] = job.labels().isEmpty() ? "" : FlatJson.write(job.labels());
      Instant at = job.availableAt();
      available[i] = at == null ? 0 : ChronoUnit.MICROS.between(Instant.EPOCH, at);
      waits[i] = SpecDocument.micros(job.spec().timeouts().queued());
      totals[i] = SpecDocument.micros(job.spec().timeouts().total());
    }
    database
        .sql(SubmitSql.INSERT_JOBS)
        .set("tenant", caller.tenantId())
        .set("creator", caller.tokenId())
        .set("pools", jobs.stream().map(NewJob::pool).distinct().toArray(String[]::new))
        .set("ids", ids)
        .set("specs", specIds)
        .set("demands", demandIds)
        .set("levels", levels)
        .set("names", names)
        .set("labels", labels)
        .set("available", available)
        .set("waits", waits)
        .set("totals", totals)
        .set("runs", runs)
        .set("steps", steps)
        .list(this::note);
    insertLabels(database, caller.tenantId());
  }

  private long note(Row row) throws SQLException {
    long id = row.number("id");
    if (id != 0) {
      later.add(id);
      return id;
    }
    String pool = row.text("draining");
    if (!pool.isEmpty()) {
      throw draining(pool);
    }
    at = row.instant("at");
    return id;
  }

  static DomainException draining(String pool) {
    return new DomainException(
        ErrorCode.CONFLICT,
        "Pool %s is draining and takes no new jobs. Use another pool, or resume this one."
            .formatted(pool));
  }

  /** A ticket for each inserted job that is ready. */
  public List<Ticket> tickets() {
    List<Ticket> tickets = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      if (!later.contains(ids[i])) {
        tickets.add(new Ticket(ids[i], demandIds[i], jobs.get(i).priority().code()));
      }
    }
    return tickets;
  }

  /** The inserted jobs as they are now, without reading them again. */
  public List<Job> made(Caller caller) {
    List<Job> made = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      made.add(made(caller, ids[i], jobs.get(i)));
    }
    return made;
  }

  private Job made(Caller caller, long id, NewJob job) {
    boolean waits = later.contains(id);
    Instant due = job.availableAt();
    return new Job(
        id,
        caller.tenantId(),
        job.name(),
        waits ? JobState.SCHEDULED : JobState.QUEUED,
        job.pool(),
        job.requires(),
        job.priority(),
        job.labels(),
        job.spec(),
        0,
        0,
        0,
        1,
        waits && due != null ? due.truncatedTo(ChronoUnit.MICROS) : at,
        at,
        waits ? null : at,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private void insertLabels(Database database, long tenantId) {
    List<Long> owners = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      for (var label : new HashMap<>(jobs.get(i).labels()).entrySet()) {
        owners.add(ids[i]);
        keys.add(label.getKey());
        values.add(label.getValue());
      }
    }
    if (!owners.isEmpty()) {
      database
          .sql(SubmitSql.INSERT_LABELS)
          .set("tenant", tenantId)
          .set("jobs", owners.stream().mapToLong(Long::longValue).toArray())
          .set("keys", keys.toArray(String[]::new))
          .set("values", values.toArray(String[]::new))
          .update();
    }
  }
}
