package io.hodei.cli.dev;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What all agents of one cluster have in common. */
record AgentPlan(DevSettings settings, Path jar, Map<String, String> environment) {
  Path directory() {
    return settings.directory();
  }

  List<String> jvmOptions() {
    return List.of("-Xmx64m", "-XX:+UseSerialGC");
  }
}
