package io.hodei.platform;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import javax.sql.DataSource;

/**
 * What the container gives: data sources, entities, threads and time. The only class with injected
 * fields.
 */
@Dependent
public class PlatformProducers {
  @Resource(lookup = "java:app/jdbc/hodei")
  private DataSource requests;

  @Resource(lookup = "java:app/jdbc/hodei-engine")
  private DataSource engine;

  @Resource private ManagedExecutorService executor;

  @Resource private ManagedThreadFactory threads;

  @PersistenceContext(unitName = "hodei")
  private EntityManager entities;

  @Produces
  @Requests
  DataSource requests(DatabasePools pools) {
    return pools.measured("requests", requests);
  }

  @Produces
  @Engine
  DataSource engine(DatabasePools pools) {
    return pools.measured("engine", engine);
  }

  @Produces
  EntityManager entities() {
    return entities;
  }

  @Produces
  ManagedExecutorService executor() {
    return executor;
  }

  @Produces
  ManagedThreadFactory threads() {
    return threads;
  }

  @Produces
  Clock clock() {
    return Clock.systemUTC();
  }
}
