package io.hodei.jobs.control;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hodei.platform.Database;
import io.hodei.platform.FlatJson;
import io.hodei.platform.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ids of specs and demands by content. Both are immutable and never removed while a job uses
 * them, so an id that was committed once is remembered; ids made by the running transaction are
 * remembered only by the caller.
 */
@ApplicationScoped
public class SharedContent {
  private final Ids ids;
  private final Cache<Key, Long> known = Caffeine.newBuilder().maximumSize(100_000).build();

  @Inject
  public SharedContent(Ids ids) {
    this.ids = ids;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected SharedContent() {
    this(null);
  }

  /** Ids of spec documents, made where they are missing. */
  public Map<String, Long> specs(Database database, long tenantId, Collection<String> documents) {
    return resolve(
        tenantId,
        documents,
        missing ->
            database
                .sql(SharedSql.KEEP_SPECS)
                .set("tenant", tenantId)
                .set("ids", ids.next(missing.size()))
                .set("digests", digests(missing))
                .set("documents", missing.toArray(String[]::new)),
        database.sql(SharedSql.FIND_SPECS));
  }

  /** Ids of demands, made where they are missing, together with their pools. */
  public Map<Demand, Long> demands(Database database, long tenantId, Collection<Demand> demands) {
    Map<String, Demand> byText = new HashMap<>();
    demands.forEach(demand -> byText.put(demand.text(), demand));
    Map<String, Long> found =
        resolve(
            tenantId,
            byText.keySet(),
            missing -> keepDemands(database, tenantId, missing.stream().map(byText::get).toList()),
            database.sql(SharedSql.FIND_DEMANDS));
    Map<Demand, Long> result = new HashMap<>();
    found.forEach((text, id) -> result.put(byText.get(text), id));
    return result;
  }

  private Database.Query keepDemands(Database database, long tenantId, List<Demand> missing) {
    String[] pools = missing.stream().map(Demand::pool).toArray(String[]::new);
    database.sql(SharedSql.KEEP_POOLS).set("tenant", tenantId).set("pools", pools).update();
    return database
        .sql(SharedSql.KEEP_DEMANDS)
        .set("tenant", tenantId)
        .set("ids", ids.next(missing.size()))
        .set("digests", digests(missing.stream().map(Demand::text).toList()))
        .set("pools", pools)
        .set("executors", missing.stream().map(Demand::executor).toArray(String[]::new))
        .set(
            "labels",
            missing.stream().map(demand -> FlatJson.write(demand.labels())).toArray(String[]::new));
  }

  /**
   * Looks in memory, then in the table, then makes what is missing; another transaction may make it
   * first.
   */
  private Map<String, Long> resolve(
      long tenantId, Collection<String> texts, Keep keep, Database.Query find) {
    Map<String, Long> result = new HashMap<>();
    List<String> missing = new ArrayList<>();
    for (String text : texts) {
      Long id = known.getIfPresent(new Key(tenantId, text));
      if (id != null) {
        result.put(text, id);
      } else {
        missing.add(text);
      }
    }
    if (missing.isEmpty()) {
      return result;
    }
    Map<ByteBuffer, Long> found =
        byDigest(find.set("tenant", tenantId).set("digests", digests(missing)));
    missing.removeIf(text -> take(text, found, result, tenantId));
    if (!missing.isEmpty()) {
      Map<ByteBuffer, Long> made = byDigest(keep.of(missing));
      missing.removeIf(text -> take(text, made, result, 0));
    }
    if (!missing.isEmpty()) {
      Map<ByteBuffer, Long> others = byDigest(find.set("digests", digests(missing)));
      missing.forEach(text -> take(text, others, result, tenantId));
    }
    return result;
  }

  /** A tenant of 0 says that the id is not committed yet and must not be remembered. */
  private boolean take(
      String text, Map<ByteBuffer, Long> found, Map<String, Long> result, long tenantId) {
    Long id = found.get(ByteBuffer.wrap(Digests.sha256(text)));
    if (id == null) {
      return false;
    }
    result.put(text, id);
    if (tenantId != 0) {
      known.put(new Key(tenantId, text), id);
    }
    return true;
  }

  private static Map<ByteBuffer, Long> byDigest(Database.Query query) {
    Map<ByteBuffer, Long> ids = new HashMap<>();
    query.list(row -> ids.put(ByteBuffer.wrap(row.bytes("digest")), row.number("id")));
    return ids;
  }

  private static byte[][] digests(Collection<String> texts) {
    return texts.stream().map(Digests::sha256).toArray(byte[][]::new);
  }

  private interface Keep {
    Database.Query of(List<String> missing);
  }

  private record Key(long tenantId, String text) {}
}
