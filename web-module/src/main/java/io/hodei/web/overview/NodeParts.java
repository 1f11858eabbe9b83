package io.hodei.web.overview;

import io.hodei.cache.CacheCounters;
import io.hodei.cache.Caches;
import io.hodei.json.JsonWriter;
import io.hodei.platform.Borrowing;
import io.hodei.platform.DatabasePools;
import io.hodei.platform.DatabaseWatch;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/** What this node is made of: its caches, its pools of connections, its database. */
@Dependent
public class NodeParts {
  private final Caches caches;
  private final DatabasePools pools;
  private final DatabaseWatch database;

  @Inject
  public NodeParts(Caches caches, DatabasePools pools, DatabaseWatch database) {
    this.caches = caches;
    this.pools = pools;
    this.database = database;
  }

  JsonWriter write(JsonWriter out) {
    out.array("caches");
    caches.counters().forEach(cache -> write(out, cache));
    out.endArray().array("databasePools");
    for (String name : List.of("requests", "engine")) {
      write(out, name, pools.borrowing(name));
    }
    out.endArray();
    return out.object("database")
        .member("hanging", database.isHanging())
        .member("hangs", database.hangs())
        .endObject();
  }

  private static void write(JsonWriter out, CacheCounters cache) {
    long asked = cache.localHits() + cache.sharedHits() + cache.misses();
    out.object()
        .member("name", cache.name())
        .member("entries", cache.entries())
        .member("localHits", cache.localHits())
        .member("sharedHits", cache.sharedHits())
        .member("misses", cache.misses())
        .member("loads", cache.loads())
        .member("rejected", cache.rejected());
    if (asked > 0) {
      out.member("hitRate", (double) (cache.localHits() + cache.sharedHits()) / asked);
    }
    out.endObject();
  }

  private static void write(JsonWriter out, String name, Borrowing borrowing) {
    out.object()
        .member("name", name)
        .member("borrowed", borrowing.count())
        .member("failures", borrowing.failures());
    if (borrowing.count() > 0) {
      out.member("averageWaitMillis", borrowing.seconds() * 1000 / borrowing.count());
    }
    out.endObject();
  }
}
