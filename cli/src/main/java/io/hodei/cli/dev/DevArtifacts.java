package io.hodei.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The built files that a cluster is made of.
 *
 * @param payaraMicro the Payara Micro archive
 * @param war {@code hodei.war}
 * @param agentJar the agent; needs to exist only when agents are started
 * @param microConfiguration directory with {@code jvm.options} and the boot commands of a node
 */
public record DevArtifacts(Path payaraMicro, Path war, Path agentJar, Path microConfiguration) {

  /** Those of a build of this repository. */
  public static DevArtifacts of(Path home) {
    Path payara = home.resolve("payara-config");
    return new DevArtifacts(
        payara.resolve("target/payara-micro.jar"),
        payara.resolve("target/hodei.war"),
        agentJar(home.resolve("agent-client/target")),
        payara.resolve("micro"));
  }

  /**
   * Of the repository around the working directory: the first parent with a {@code hodei} script.
   */
  public static DevArtifacts ofThisRepository() {
    return of(Home.directory());
  }

  /** Refuses when something a node needs is not there. */
  void requireNodes() {
    require(payaraMicro);
    require(war);
  }

  void requireAgent() {
    require(agentJar);
  }

  private static void require(Path file) {
    if (!Files.isReadable(file)) {
      throw new DevException(
          "%s is missing, so the cluster cannot start. Build it: ./hodei build".formatted(file));
    }
  }

  private static Path agentJar(Path target) {
    if (!Files.isDirectory(target)) {
      return target.resolve("agent-client.jar");
    }
    try (Stream<Path> files = Files.list(target)) {
      List<Path> jars = files.filter(DevArtifacts::isAgentJar).sorted().toList();
      return jars.stream()
          .filter(jar -> jar.toString().endsWith("-all.jar"))
          .findFirst()
          .or(() -> jars.stream().findFirst())
          .orElse(target.resolve("agent-client.jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isAgentJar(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("agent-client")
        && name.endsWith(".jar")
        && !name.endsWith("-sources.jar")
        && !name.endsWith("-javadoc.jar")
        && !name.endsWith("-tests.jar");
  }
}
