package io.hodei.logs;

import io.hodei.jobs.entity.AttemptKey;
import io.hodei.platform.Database;
import io.hodei.platform.EngineDatabase;
import io.hodei.platform.Row;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends the logs of attempts, in the transaction that ends the attempts: COMPLETE only when what is
 * stored is what the process wrote.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class LogSealing {
  /** Logs up to this size are digested by the database, larger ones here in portions. */
  static final long SMALL = 4L << 20;

  private static final long STATEMENT = 32L << 20;

  private final EngineDatabase database;
  private final StoredDigest digest;

  @Inject
  public LogSealing(EngineDatabase database, StoredDigest digest) {
    this.database = database;
    this.digest = digest;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected LogSealing() {
    this(null, null);
  }

  /**
   * Compares each log with its summary. Attempts that wrote nothing cost no statement. A MISMATCH
   * removes what is stored; commit that too, and ask the agent to send everything again.
   */
  public Map<AttemptKey, SealResult> seal(List<LogSummary> summaries) {
    Map<AttemptKey, SealResult> results = new HashMap<>();
    List<LogSummary> written = new ArrayList<>();
    for (LogSummary summary : summaries) {
      results.put(summary.attempt(), SealResult.SEALED);
      if (!summary.isSilent()) {
        written.add(summary);
      }
    }
    List<LogSummary> wrong = new ArrayList<>();
    for (List<LogSummary> portion : portions(written)) {
      wrong.addAll(differing(portion));
    }
    written.removeAll(wrong);
    complete(written);
    forget(wrong);
    wrong.forEach(summary -> results.put(summary.attempt(), SealResult.MISMATCH));
    return results;
  }

  /** Marks the logs of lost attempts; what is stored stays, as an exact prefix. */
  public void markTruncated(List<AttemptKey> attempts) {
    if (!attempts.isEmpty()) {
      keys(database.sql(IntakeSql.TRUNCATE), attempts).update();
    }
  }

  /** Large logs alone, small ones together up to a bound. */
  private static List<List<LogSummary>> portions(List<LogSummary> summaries) {
    List<List<LogSummary>> portions = new ArrayList<>();
    List<LogSummary> open = new ArrayList<>();
    long bytes = 0;
    for (LogSummary summary : summaries) {
      if (summary.bytes() > SMALL) {
        portions.add(List.of(summary));
      } else {
        if (bytes + summary.bytes() > STATEMENT) {
          portions.add(open);
          open = new ArrayList<>();
          bytes = 0;
        }
        open.add(summary);
        bytes += summary.bytes();
      }
    }
    if (!open.isEmpty()) {
      portions.add(open);
    }
    return portions;
  }

  private List<LogSummary> differing(List<LogSummary> portion) {
    boolean small = portion.getFirst().bytes() <= SMALL;
    Map<AttemptKey, Stored> stored = new HashMap<>();
    columns(database.sql(IntakeSql.COMPARE), portion)
        .set("digest", small)
        .list(Stored::of)
        .forEach(found -> stored.put(found.attempt, found));
    return portion.stream().filter(summary -> !agrees(summary, stored, small)).toList();
  }

  private boolean agrees(LogSummary summary, Map<AttemptKey, Stored> all, boolean small) {
    Stored stored = all.get(summary.attempt());
    if (stored == null || !stored.fits) {
      return false;
    }
    List<byte[]> digests =
        small ? List.of(stored.outSha256, stored.errSha256) : digest.of(summary.attempt());
    return same(summary.stdout(), digests.getFirst()) && same(summary.stderr(), digests.getLast());
  }

  private static boolean same(LogSummary.StreamSummary said, byte[] found) {
    return said.length() == 0 || MessageDigest.isEqual(said.sha256(), found);
  }

  private void complete(List<LogSummary> good) {
    if (!good.isEmpty()) {
      columns(database.sql(IntakeSql.COMPLETE), good)
          .set("outShas", good.stream().map(s -> s.stdout().sha256()).toArray(byte[][]::new))
          .set("errShas", good.stream().map(s -> s.stderr().sha256()).toArray(byte[][]::new))
          .set("outDropped", good.stream().mapToLong(s -> s.stdout().dropped()).toArray())
          .set("errDropped", good.stream().mapToLong(s -> s.stderr().dropped()).toArray())
          .update();
    }
  }

  private void forget(List<LogSummary> wrong) {
    if (!wrong.isEmpty()) {
      keys(database.sql(IntakeSql.FORGET), wrong.stream().map(LogSummary::attempt).toList())
          .update();
    }
  }

  private static Database.Query columns(Database.Query query, List<LogSummary> summaries) {
    return keys(query, summaries.stream().map(LogSummary::attempt).toList())
        .set("chunks", summaries.stream().mapToInt(LogSummary::chunks).toArray())
        .set("outs", summaries.stream().mapToLong(s -> s.stdout().length()).toArray())
        .set("errs", summaries.stream().mapToLong(s -> s.stderr().length()).toArray());
  }

  private static Database.Query keys(Database.Query query, List<AttemptKey> attempts) {
    return query
        .set("jobs", attempts.stream().mapToLong(AttemptKey::jobId).toArray())
        .set("epochs", attempts.stream().mapToInt(AttemptKey::epoch).toArray());
  }

  private record Stored(AttemptKey attempt, boolean fits, byte[] outSha256, byte[] errSha256) {
    static Stored of(Row row) throws SQLException {
      byte[] out = row.bytesOrNull("out_sha256");
      byte[] err = row.bytesOrNull("err_sha256");
      return new Stored(
          new AttemptKey(row.number("job_id"), row.integer("epoch")),
          row.flag("fits"),
          out == null ? new byte[0] : out,
          err == null ? new byte[0] : err);
    }
  }
}
