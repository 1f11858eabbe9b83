package io.hodei.platform;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;

/**
 * Defines the data sources of the application. An enterprise bean, because in the module of an EAR
 * the container looks for definitions at nothing else; in a WAR any class would do.
 */
@DataSourceDefinition(
    name = "java:app/jdbc/hodei",
    className = "org.postgresql.ds.PGSimpleDataSource",
    url = "${MPCONFIG=hodei.db.url}",
    user = "${MPCONFIG=hodei.db.user:hodei_app}",
    password = "${MPCONFIG=hodei.db.password}",
    minPoolSize = 2,
    maxPoolSize = 20,
    properties = {
      "ApplicationName=hodei-requests",
      "reWriteBatchedInserts=true",
      "connectTimeout=2",
      "socketTimeout=10",
      "tcpKeepAlive=true",
      "socketFactory=io.hodei.db.WatchedSockets",
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
    user = "${MPCONFIG=hodei.db.engine.user:hodei_engine}",
    password = "${MPCONFIG=hodei.db.engine.password}",
    minPoolSize = 2,
    maxPoolSize = 12,
    properties = {
      "ApplicationName=hodei-engine",
      // The engine's statements start from a set of keys: loops over indexes are right, also when
      // the statistics are of a time when the tables were small. So the plan is the same whatever
      // the values; PostgreSQL would make it anew for each execution and for half a millisecond.
      "options=-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan",
      "prepareThreshold=1",
      "connectTimeout=2",
      "socketTimeout=60",
      "tcpKeepAlive=true",
      "socketFactory=io.hodei.db.WatchedSockets",
      "fish.payara.is-connection-validation-required=true",
      "fish.payara.connection-validation-method=custom-validation",
      "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.PostgresConnectionValidation",
      "fish.payara.validate-atmost-once-period-in-seconds=1",
      "fish.payara.fail-all-connections=true",
      "fish.payara.max-wait-time-in-millis=3000"
    })
@Singleton
public class DataSources {}
