package io.hodei.cli.dev;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What all agents of one cluster have in common. */
record AgentPlan(DevSettings settings, Path jar, Map<String, String> environment) {
  Path directory() {
    return settings.directory();
  }

  /** Each agent has a start cache of its own, which the JVM makes when the agent is stopped. */
  List<String> jvmOptions(Path agentDirectory) {
    return List.of(
        "-Xmx64m",
        "-XX:+UseSerialGC",
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + agentDirectory.resolve("start-cache.jsa"),
        "-Xlog:cds*=error");
  }
}
