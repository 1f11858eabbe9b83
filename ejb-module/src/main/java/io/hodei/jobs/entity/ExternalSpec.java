package io.hodei.jobs.entity;

import io.hodei.json.Json;

/** What the servers themselves execute elsewhere, for a job that no agent gets. */
public sealed interface ExternalSpec permits HttpSpec, CloudRunSpec {
  /** The executor that understands it. */
  String executor();

  /** The name of its member in a spec. */
  String member();

  /** As clients write it, in one canonical order; what has its default is left out. */
  Json.Obj document();

  /** Whether an executor is one of the servers'. */
  static boolean isExecutor(String executor) {
    return executor.equals(HttpSpec.EXECUTOR) || executor.equals(CloudRunSpec.EXECUTOR);
  }
}
