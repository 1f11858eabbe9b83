package io.hodei.security;

import java.util.EnumSet;
import java.util.Set;

/** A named set of permissions in one tenant. */
public enum Role {
  VIEWER(
      EnumSet.of(
          Permission.JOBS_READ,
          Permission.LOGS_READ,
          Permission.RUNS_READ,
          Permission.AGENTS_READ,
          Permission.POOLS_READ,
          Permission.PIPELINES_READ,
          Permission.SCHEDULES_READ,
          Permission.TEMPLATES_READ,
          Permission.EVENTS_READ,
          Permission.SELF_READ)),
  SUBMITTER(
      EnumSet.of(
          Permission.JOBS_READ,
          Permission.LOGS_READ,
          Permission.RUNS_READ,
          Permission.AGENTS_READ,
          Permission.POOLS_READ,
          Permission.PIPELINES_READ,
          Permission.SCHEDULES_READ,
          Permission.SCHEDULES_WRITE,
          Permission.EVENTS_READ,
          Permission.SELF_READ,
          Permission.JOBS_SUBMIT,
          Permission.RUNS_START,
          Permission.RUNS_CONTROL,
          Permission.PIPELINES_WRITE,
          Permission.TEMPLATES_READ,
          Permission.TEMPLATES_WRITE,
          Permission.JOBS_CONTROL)),
  OPERATOR(
      EnumSet.of(
          Permission.JOBS_READ,
          Permission.LOGS_READ,
          Permission.RUNS_READ,
          Permission.AGENTS_READ,
          Permission.POOLS_READ,
          Permission.PIPELINES_READ,
          Permission.SCHEDULES_READ,
          Permission.SCHEDULES_WRITE,
          Permission.FREEZES_WRITE,
          Permission.EVENTS_READ,
          Permission.SELF_READ,
          Permission.JOBS_SUBMIT,
          Permission.RUNS_START,
          Permission.RUNS_CONTROL,
          Permission.PIPELINES_WRITE,
          Permission.TEMPLATES_READ,
          Permission.TEMPLATES_WRITE,
          Permission.JOBS_CONTROL,
          Permission.AGENTS_CONTROL,
          Permission.POOLS_CONTROL,
          Permission.METRICS_READ,
          Permission.CONFIG_READ)),
  ADMIN(EnumSet.complementOf(EnumSet.of(Permission.INSTALLATION_MANAGE, Permission.AGENT_CONNECT))),
  AGENT(EnumSet.of(Permission.AGENT_CONNECT, Permission.SELF_READ));

  @SuppressWarnings("ImmutableEnumChecker") // A copy that nobody can change.
  private final Set<Permission> permissions;

  Role(Set<Permission> permissions) {
    this.permissions = Set.copyOf(permissions);
  }

  public Set<Permission> permissions() {
    return permissions;
  }
}
