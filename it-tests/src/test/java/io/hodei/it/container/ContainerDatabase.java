package io.hodei.it.container;

import io.hodei.cli.dev.DevArtifacts;
import io.hodei.cli.dev.DevCluster;
import io.hodei.cli.dev.DevSettings;
import io.hodei.cli.dev.PostgresServer;
import io.hodei.cli.dev.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL alone, and what Arquillian's Payara Micro needs to know of it. Both end with this JVM:
 * Arquillian stops its container behind the last test.
 */
public final class ContainerDatabase {
  private static @Nullable DevCluster database;

  private ContainerDatabase() {}

  static synchronized void start() {
    if (database != null) {
      return;
    }
    Path directory = Path.of("target", "in-container").toAbsolutePath();
    DevArtifacts artifacts = DevArtifacts.ofThisRepository();
    DevCluster cluster =
        DevCluster.open(
            DevSettings.in(directory).withAgents(0).withFresh(true), artifacts, Progress.silent());
    cluster.startPostgres();
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
    database = cluster;
    System.setProperty("payara.microJar", artifacts.payaraMicro().toString());
    System.setProperty("payara.cmdOptions", jvm(cluster.postgres(), directory));
    // --nocluster opens Payara's own grid when it stands beside --nohazelcast.
    System.setProperty("payara.clusterEnabled", "true");
    System.setProperty("payara.consoleOutput", "false");
    System.setProperty("payara.startupTimeoutInSeconds", "400");
    System.setProperty("payara.extraMicroOptions", options(directory));
  }

  private static String jvm(PostgresServer postgres, Path directory) {
    return String.join(
        " ",
        List.of(
            "-Dhodei.it.container=" + directory,
            "-Dhodei.db.url=" + postgres.jdbcUrl(),
            "-Dhodei.db.user=hodei_app",
            "-Dhodei.db.engine.user=hodei_engine",
            "-Dhodei.db.password=" + postgres.password("hodei_app"),
            "-Dhodei.db.engine.password=" + postgres.password("hodei_engine"),
            "-Dhodei.db.owner.user=hodei_owner",
            "-Dhodei.db.owner.password=" + postgres.password("hodei_owner"),
            "-Dhodei.cluster.port=0",
            "-Dhodei.bootstrap.token-file=" + directory.resolve("admin.token")));
  }

  private static String options(Path directory) {
    Path loopback = directory.resolve("pre-boot.asadmin");
    try {
      Files.writeString(
          loopback,
          "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "--nohazelcast --disablephonehome --rootdir %s --prebootcommandfile %s"
        .formatted(directory.resolve("micro"), loopback);
  }
}
