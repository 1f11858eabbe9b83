package io.hodei.cli.dev;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  List<String> startCacheOption() {
    if (JavaRuntime.feature() < StartCache.FIRST_JDK) {
      return List.of();
    }
    Path file = runtime.startCache(jvmOptions());
    return Files.isReadable(file) ? List.of("-XX:AOTCache=" + file) : List.of();
  }
}
