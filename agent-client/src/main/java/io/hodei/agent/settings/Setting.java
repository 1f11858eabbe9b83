package io.hodei.agent.settings;

import java.util.Locale;

/** One setting of the agent. Its key is {@code hodei.agent.<name>}, e.g. in a properties file. */
public enum Setting {
  SERVERS(
      "servers",
      "http://127.0.0.1:8080",
      "addresses of nodes, separated by commas: http, https, ws or wss; a path is kept in front of the agent endpoint"),
  TOKEN(
      "token",
      "",
      "bearer token that the nodes accept; prefer token-file, which other users cannot see"),
  TOKEN_FILE("token-file", "", "file that holds the token; read again at each connection"),
  NAME("name", "", "name of the agent, unique within its tenant; empty: the host name"),
  POOLS("pools", "default", "pools it takes work from, separated by commas"),
  LABELS("labels", "", "labels that jobs can ask for: key=value, separated by commas"),
  SLOTS("slots", "0", "attempts it executes at the same time; 0: the number of CPUs"),
  DATA(
      "data",
      "hodei-agent",
      "directory for the spool and the attempts' files; one agent per directory"),
  SPOOL_LIMIT(
      "spool-limit",
      "1073741824",
      "bytes of unacknowledged output kept on disk; when full, jobs wait until the server has caught up"),
  LOG_LIMIT(
      "log-limit",
      "0",
      "most bytes kept of each output stream of an attempt; the smaller of this and the job's own limit holds; 0: none"),
  TRUST(
      "trust",
      "",
      "PEM file with the certificates to trust for https and wss; empty: those of the JVM"),
  DRAIN("drain", "PT30S", "how long running attempts may go on after SIGTERM (ISO 8601 duration)"),
  CONFIG("config", "", "properties file with settings (keys hodei.agent.<name>)");

  private final String name;
  private final String fallback;
  private final String description;

  Setting(String name, String fallback, String description) {
    this.name = name;
    this.fallback = fallback;
    this.description = description;
  }

  /** Its name on the command line, without the dashes. */
  public String argument() {
    return name;
  }

  public String key() {
    return "hodei.agent." + name;
  }

  public String variable() {
    return "HODEI_AGENT_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  public String fallback() {
    return fallback;
  }

  public String description() {
    return description;
  }
}
