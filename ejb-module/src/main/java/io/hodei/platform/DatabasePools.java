package io.hodei.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** How long the connections of each pool are waited for, and how often none comes. */
@ApplicationScoped
public class DatabasePools {
  private final Map<String, Borrowing> byPool = new ConcurrentHashMap<>();

  /** The same data source, which counts. */
  DataSource measured(String pool, DataSource source) {
    return new MeasuredSource(source, borrowing(pool));
  }

  /** The counters of a pool: {@code requests} or {@code engine}. */
  public Borrowing borrowing(String pool) {
    return byPool.computeIfAbsent(pool, name -> new Borrowing());
  }
}
