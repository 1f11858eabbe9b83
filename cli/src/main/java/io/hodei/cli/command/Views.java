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
