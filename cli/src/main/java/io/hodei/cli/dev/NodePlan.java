package io.hodei.cli.dev;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all nodes of one cluster have in common. */
record NodePlan(
    DevSettings settings,
    DevArtifacts artifacts,
    MicroRuntime runtime,
    Map<String, String> environment) {

  Path directory() {
    return settings.directory();
  }

  /** Those of {@code jvm.options} and of the settings; the start cache belongs to exactly these. */
  List<String> jvmOptions() {
    List<String> options =
        new ArrayList<>(JavaRuntime.options(artifacts.microConfiguration().resolve("jvm.options")));
    options.addAll(settings.nodeJvmOptions());
    return options;
  }

  /**
   * What starts the node of this port in its clone of the runtime.
   *
   * @param cache the option that uses or makes a start cache, if any
   */
  List<String> command(Path root, int port, List<String> cache) {
    List<String> command = new ArrayList<>();
    command.add(JavaRuntime.executable());
    command.add(Survivors.marker(directory()));
    command.addAll(jvmOptions());
    command.addAll(cache);
    command.add("-Djava.io.tmpdir=" + Trees.createPrivate(root.resolve("tmp")));
    command.addAll(List.of("-jar", MicroRuntime.LAUNCHER));
    command.addAll(MicroOptions.of(port, artifacts, root));
    return command;
  }

  /** Its environment. */
  Map<String, String> environment(int port, int clusterPort) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("HODEI_NODE_URL", "http://127.0.0.1:" + port);
    variables.put("HODEI_CLUSTER_ADDRESS", "127.0.0.1");
    variables.put("HODEI_CLUSTER_PORT", String.valueOf(clusterPort));
    settings
        .nodeEnvironment()
        .forEach(
            (name, value) -> variables.put(name, value.replace("{port}", String.valueOf(port))));
    return variables;
  }

  List<String> startCacheOption() {
    if (JavaRuntime.feature() < StartCache.FIRST_JDK) {
      return List.of();
    }
    Path file = runtime.startCache(jvmOptions());
    // Below an error it only tells what of the cache it leaves unused.
    return Files.isReadable(file) ? List.of("-XX:AOTCache=" + file, "-Xlog:aot*=error") : List.of();
  }
}
