package io.hodei.platform;

import java.time.Duration;
import java.util.List;

/** Every setting of the server: the one place that an administrator reads. */
public final class HodeiSettings {
  public static final Setting<String> DB_URL =
      Setting.text(
          "hodei.db.url",
          "jdbc:postgresql://127.0.0.1:5432/hodei",
          "JDBC address of the PostgreSQL database");
  public static final Setting<String> DB_USER =
      Setting.text(
          "hodei.db.user", "hodei_app", "Role that serves requests; owns nothing, no BYPASSRLS");
  public static final Setting<String> DB_PASSWORD =
      Setting.secret("hodei.db.password", "Password of hodei.db.user");
  public static final Setting<String> DB_ENGINE_USER =
      Setting.text(
          "hodei.db.engine.user",
          "hodei_engine",
          "Role that dispatches for all tenants; owns nothing, no BYPASSRLS");
  public static final Setting<String> DB_ENGINE_PASSWORD =
      Setting.secret("hodei.db.engine.password", "Password of hodei.db.engine.user");
  public static final Setting<String> DB_OWNER_USER =
      Setting.text(
          "hodei.db.owner.user",
          "",
          "Role that owns the schema and applies migrations; empty: migrations are applied"
              + " elsewhere");
  public static final Setting<String> DB_OWNER_PASSWORD =
      Setting.secret("hodei.db.owner.password", "Password of hodei.db.owner.user");
  public static final Setting<String> NODE_NAME =
      Setting.text(
          "hodei.node.name", "", "Name of this node in lists; empty: host name and process id");
  public static final Setting<String> NODE_URL =
      Setting.text(
          "hodei.node.url",
          "http://127.0.0.1:8080",
          "Address under which clients and agents reach this node");
  public static final Setting<String> CLUSTER_ADDRESS =
      Setting.text(
          "hodei.cluster.address",
          "127.0.0.1",
          "Interface that the grid member binds to; only the other nodes need to reach it");
  public static final Setting<Integer> CLUSTER_PORT =
      Setting.integer(
          "hodei.cluster.port", 5701, 0, 65535, "Port of the grid member; 0 takes a free one");
  public static final Setting<String> BOOTSTRAP_TOKEN_FILE =
      Setting.text(
          "hodei.bootstrap.token-file",
          "",
          "File that the first start writes the first administrator's token into (mode 0600);"
              + " empty: <user.home>/.hodei/admin-token");
  public static final Setting<String> BOOTSTRAP_AGENT_TOKEN_FILE =
      Setting.text(
          "hodei.bootstrap.agent-token-file",
          "",
          "File that the first start writes an agent's token into (mode 0600); empty: none is"
              + " made");
  public static final Setting<Integer> JOBS_MAX_LOSSES =
      Setting.integer(
          "hodei.jobs.max-losses",
          5,
          1,
          1000,
          "A job whose agent was lost this often while it ran is failed as poison");
  public static final Setting<Duration> IDEMPOTENCY_RETENTION =
      Setting.duration(
          "hodei.security.idempotency-retention",
          Duration.ofDays(7),
          Duration.ofMinutes(1),
          Duration.ofDays(365),
          "How long the answer to an Idempotency-Key is kept");
  public static final Setting<Duration> CONSOLE_SESSION_IDLE =
      Setting.duration(
          "hodei.console.session-idle",
          Duration.ofHours(8),
          Duration.ofMinutes(1),
          Duration.ofDays(30),
          "A login of the console that is not used for so long ends; an open page uses it");
  public static final Setting<Duration> CONSOLE_SESSION_LIMIT =
      Setting.duration(
          "hodei.console.session-limit",
          Duration.ofDays(7),
          Duration.ofMinutes(1),
          Duration.ofDays(90),
          "A login of the console ends after so long, however much it is used");
  public static final Setting<Integer> JOBS_BATCH_LIMIT =
      Setting.integer(
          "hodei.jobs.batch-limit", 10_000, 1, 100_000, "Most jobs in one batch request");
  public static final Setting<Duration> OUTBOX_RETENTION =
      Setting.duration(
          "hodei.events.retention",
          Duration.ofHours(24),
          Duration.ofMinutes(1),
          Duration.ofDays(90),
          "How long events can be replayed");
  public static final Setting<Duration> FIRINGS_RETENTION =
      Setting.duration(
          "hodei.schedules.retention",
          Duration.ofDays(90),
          Duration.ofDays(31),
          Duration.ofDays(3650),
          "How long it is kept what became of a tick of a schedule; longer than any misfire window");
  public static final Setting<Integer> EVENT_CHANNEL_CAPACITY =
      Setting.integer(
          "hodei.events.channel-capacity",
          65_536,
          1024,
          1 << 24,
          "Events one local channel holds before publishers wait");
  public static final Setting<Integer> CACHE_JOBS =
      Setting.integer(
          "hodei.cache.jobs", 50_000, 0, 10_000_000, "Jobs the cache of this node holds");
  public static final Setting<Duration> CACHE_TTL =
      Setting.duration(
          "hodei.cache.ttl",
          Duration.ofSeconds(300),
          Duration.ofSeconds(1),
          Duration.ofHours(24),
          "How long an ended job stays cached");

  public static final Setting<String> HTTP_ALLOW =
      Setting.text(
          "hodei.http.allow",
          "",
          "What jobs with the executor http may call besides the public internet: hosts, host:port,"
              + " addresses and ranges like 10.1.0.0/16, with commas");
  public static final Setting<String> HTTP_PORTS =
      Setting.text(
          "hodei.http.ports",
          "80,443,8080,8443",
          "Ports that jobs with the executor http may call");
  public static final Setting<Duration> EXTERNAL_PATIENCE =
      Setting.duration(
          "hodei.external.patience",
          Duration.ofHours(1),
          Duration.ofSeconds(1),
          Duration.ofDays(7),
          "How long a server-side execution is put off when the other side takes no calls, until it"
              + " fails");
  public static final Setting<String> SECRETS_DIRECTORY =
      Setting.text(
          "hodei.secrets.directory",
          "",
          "Directory with the secrets of jobs, one file <tenant>/<name> each; empty: only"
              + " configured ones, hodei.secrets.<tenant>.<name>");
  public static final Setting<String> CLOUD_RUN_ALLOW =
      Setting.text(
          "hodei.cloud-run.allow",
          "",
          "Which tenants may run jobs of which projects of Google Cloud: tenant:project with"
              + " commas, * for every tenant; empty: nobody");
  public static final Setting<String> CLOUD_RUN_URL =
      Setting.text(
          "hodei.cloud-run.url",
          "https://run.googleapis.com",
          "Address of the Cloud Run Admin API");
  public static final Setting<String> CLOUD_RUN_TOKEN_FILE =
      Setting.text(
          "hodei.cloud-run.token-file",
          "",
          "File with an access token for Google Cloud, read again when it changes; empty: the"
              + " metadata server of the host is asked");

  public static final List<Setting<?>> ALL =
      List.of(
          DB_URL,
          DB_USER,
          DB_PASSWORD,
          DB_ENGINE_USER,
          DB_ENGINE_PASSWORD,
          DB_OWNER_USER,
          DB_OWNER_PASSWORD,
          NODE_NAME,
          NODE_URL,
          CLUSTER_ADDRESS,
          CLUSTER_PORT,
          BOOTSTRAP_TOKEN_FILE,
          BOOTSTRAP_AGENT_TOKEN_FILE,
          JOBS_MAX_LOSSES,
          IDEMPOTENCY_RETENTION,
          CONSOLE_SESSION_IDLE,
          CONSOLE_SESSION_LIMIT,
          JOBS_BATCH_LIMIT,
          OUTBOX_RETENTION,
          FIRINGS_RETENTION,
          EVENT_CHANNEL_CAPACITY,
          CACHE_JOBS,
          CACHE_TTL,
          HTTP_ALLOW,
          HTTP_PORTS,
          EXTERNAL_PATIENCE,
          SECRETS_DIRECTORY,
          CLOUD_RUN_ALLOW,
          CLOUD_RUN_URL,
          CLOUD_RUN_TOKEN_FILE);

  private HodeiSettings() {}
}
