package io.hodei.jobs.control;

import static java.util.Objects.requireNonNull;

import io.hodei.jobs.entity.NewJob;
import io.hodei.jobs.entity.Ticket;
import io.hodei.platform.Database;
import io.hodei.platform.FlatJson;
import io.hodei.security.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** New jobs as columns, the form in which one statement takes all of them. */
public final class NewJobRows {
  private final List<NewJob> jobs;
  private final long[] ids;
  private final String[] documents;
  private final Demand[] demands;
  private final long[] specIds;
  private final long[] demandIds;

  private NewJobRows(List<NewJob> jobs, long[] ids) {
    this.jobs = jobs;
    this.ids = ids;
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

  /** Writes the jobs; answers a ticket for each that is ready. */
  public List<Ticket> insert(Database database, Caller caller) {
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
    Set<Long> later = new HashSet<>();
    database
        .sql(SubmitSql.INSERT_JOBS)
        .set("tenant", caller.tenantId())
        .set("creator", caller.tokenId())
        .set("ids", ids)
        .set("specs", specIds)
        .set("demands", demandIds)
        .set("levels", levels)
        .set("names", names)
        .set("labels", labels)
        .set("available", available)
        .set("waits", waits)
        .set("totals", totals)
        .set("retryOf", new long[ids.length])
        .list(row -> later.add(row.number("id")));
    insertLabels(database, caller.tenantId());
    return tickets(later, levels);
  }

  private List<Ticket> tickets(Set<Long> later, int[] levels) {
    List<Ticket> tickets = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      if (later.isEmpty() || !later.contains(ids[i])) {
        tickets.add(new Ticket(ids[i], demandIds[i], levels[i]));
      }
    }
    return tickets;
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
