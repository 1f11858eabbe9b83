package io.hodei.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The arguments of Payara Micro. */
final class MicroOptions {
  private static final String LOOPBACK_ONLY =
      "set configs.config.server-config.network-config.network-listeners.network-listener"
          + ".http-listener.address=127.0.0.1\n";

  private MicroOptions() {}

  /**
   * {@code --nohazelcast} stands alone on purpose: together with {@code --nocluster} Payara opens
   * its own grid on port 6900 of every interface after all.
   */
  static List<String> of(int port, DevArtifacts artifacts, Path root) {
    Path microConfiguration = artifacts.microConfiguration();
    List<String> options = new ArrayList<>();
    options.add("--disablephonehome");
    options.add("--nohazelcast");
    options.addAll(List.of("--contextroot", "/"));
    options.addAll(List.of("--port", String.valueOf(port)));
    options.addAll(List.of("--prebootcommandfile", preBoot(root, microConfiguration).toString()));
    addIfPresent(options, "--postbootcommandfile", microConfiguration.resolve("post-boot.asadmin"));
    addIfPresent(
        options, "--postdeploycommandfile", microConfiguration.resolve("post-deploy.asadmin"));
    addIfPresent(options, "--logproperties", microConfiguration.resolve("logging.properties"));
    options.addAll(List.of("--deploy", root.resolve(MicroRuntime.APPLICATION).toString()));
    return options;
  }

  private static Path preBoot(Path root, Path microConfiguration) {
    Path given = microConfiguration.resolve("pre-boot.asadmin");
    Path file = root.resolve("pre-boot.asadmin");
    try {
      String commands = Files.exists(given) ? Files.readString(given) : "";
      Files.writeString(file, commands + "\n" + LOOPBACK_ONLY);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addIfPresent(List<String> options, String option, Path file) {
    if (Files.isRegularFile(file)) {
      options.addAll(List.of(option, file.toString()));
    }
  }
}
