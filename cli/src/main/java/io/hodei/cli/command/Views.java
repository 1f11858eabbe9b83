package io.hodei.cli.command;

import io.hodei.cli.output.View;

/** The usual columns of each kind of resource. */
final class Views {
  static final View JOBS =
      View.of(
          "id",
          "id",
          "name",
          "state",
          "pool",
          "priority.lane",
          "attempt",
          "exitCode",
          "agentName",
          "createdAt");
  static final View RUNS =
      View.of(
          "id",
          "id",
          "pipeline",
          "number",
          "version",
          "state",
          "ended",
          "steps",
          "createdAt",
          "finishedAt");
  static final View STEPS =
      View.of("step", "step", "state", "kind", "job", "startedAt", "finishedAt", "reason");
  static final View ATTEMPTS =
      View.of(
          "attempt",
          "attempt",
          "state",
          "agentName",
          "startedAt",
          "finishedAt",
          "exitCode",
          "signal",
          "reason");
  static final View AGENTS =
      View.of(
          "id",
          "id",
          "name",
          "state",
          "slots",
          "free",
          "running",
          "pools",
          "version",
          "lastHeartbeatAt");
  static final View POOLS =
      View.of(
          "name",
          "name",
          "state",
          "placement",
          "queued.HIGH",
          "queued.NORMAL",
          "queued.LOW",
          "running",
          "agents");
  static final View PIPELINES =
      View.of("name", "name", "version", "steps", "executor", "updatedAt", "description");
  static final View PIPELINE_VERSIONS =
      View.of("version", "version", "current", "steps", "createdAt", "createdBy", "digest");
  static final View SCHEDULES =
      View.of(
          "name", "id", "name", "state", "cron", "every", "zone", "nextRunAt", "fired", "reason");
  static final View TICKS = View.of("tick", "tick", "due", "localTime", "fires", "flags");
  static final View FIRINGS =
      View.of("job", "tick", "kind", "state", "job", "firedAt", "endedAt", "reason");
  static final View BACKFILLS =
      View.of(
          "id",
          "id",
          "schedule",
          "state",
          "total",
          "started",
          "succeeded",
          "failed",
          "skipped",
          "progress");
  static final View FREEZES = View.of("id", "id", "everything", "reason", "who", "from", "until");
  static final View TEMPLATES =
      View.of("name", "name", "version", "title", "tags", "tool", "updatedAt");
  static final View APPLIED = View.of("name", "name", "outcome", "version");
  static final View IMPORTED =
      View.of("name", "index", "name", "outcome", "version", "problem.title");
  static final View VERSIONS = View.of("version", "version", "createdAt", "createdBy", "digest");
  static final View TOOLS = View.of("name", "name", "command", "pool", "requires", "version");
  static final View SETTINGS = View.of("key", "key", "value", "default", "source", "description");
  static final View CONTEXTS = View.of("name", "name", "current", "urls");
  static final View ME = View.of("tenant.name", "tenant.name", "role", "token.name");
  static final View BATCH = View.of("id", "index", "status", "id", "problem.title");
  static final View CHECKS = View.of("check", "check", "result", "detail", "fix");

  private Views() {}
}
