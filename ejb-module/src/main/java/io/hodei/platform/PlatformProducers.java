package io.hodei.platform;

import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
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
@DataSourceDefinition(
    name = "java:app/jdbc/hodei",
    className = "org.postgresql.ds.PGSimpleDataSource",
    url = "${MPCONFIG=hodei.db.url}",
    user = "${MPCONFIG=hodei.db.user}",
    password = "${MPCONFIG=hodei.db.password}",
    minPoolSize = 2,
    maxPoolSize = 20,
    properties = {
      "ApplicationName=hodei-requests",
      "reWriteBatchedInserts=true",
      "connectTimeout=5",
      "socketTimeout=10",
      "tcpKeepAlive=true",
      "fish.payara.is-connection-validation-required=true",
      "fish.payara.connection-validation-method=custom-validation",
      "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.PostgresConnectionValidation",
      "fish.payara.validate-atmost-once-period-in-seconds=1",
      "fish.payara.fail-all-connections=true",
      "fish.payara.max-wait-time-in-millis=3000"
    })
@DataSourceDefinition(
    name = "java:app/jdbc/hodei-engine",
    className = "org.postgresql.ds.PGSimpleDataSource",
    url = "${MPCONFIG=hodei.db.url}",
    user = "${MPCONFIG=hodei.db.engine.user}",
    password = "${MPCONFIG=hodei.db.engine.password}",
    minPoolSize = 2,
    maxPoolSize = 12,
    properties = {
      "ApplicationName=hodei-engine",
      "connectTimeout=5",
      "socketTimeout=60",
      "tcpKeepAlive=true",
      "fish.payara.is-connection-validation-required=true",
      "fish.payara.connection-validation-method=custom-validation",
      "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.PostgresConnectionValidation",
      "fish.payara.validate-atmost-once-period-in-seconds=1",
      "fish.payara.fail-all-connections=true",
      "fish.payara.max-wait-time-in-millis=3000"
    })
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
  DataSource requests() {
    return requests;
  }

  @Produces
  @Engine
  DataSource engine() {
    return engine;
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
