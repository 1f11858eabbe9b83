package io.hodei.security;

/**
 * What a caller can be allowed to do. Every resource method names one; what names none is refused.
 */
public enum Permission {
  JOBS_READ,
  JOBS_SUBMIT,
  JOBS_CONTROL,
  LOGS_READ,
  RUNS_READ,
  RUNS_START,
  RUNS_CONTROL,
  AGENTS_READ,
  AGENTS_CONTROL,
  AGENT_CONNECT,
  POOLS_READ,
  POOLS_CONTROL,
  PIPELINES_READ,
  PIPELINES_WRITE,
  SCHEDULES_READ,
  SCHEDULES_WRITE,
  FREEZES_WRITE,
  TEMPLATES_READ,
  TEMPLATES_WRITE,
  /** Says what programs prompts are for. */
  TOOLS_WRITE,
  EVENTS_READ,
  TOKENS_READ,
  TOKENS_MANAGE,
  AUDIT_READ,
  CONFIG_READ,
  METRICS_READ,
  SELF_READ,
  /** For administrators of the installation only: tenants, profiles. */
  INSTALLATION_MANAGE
}
