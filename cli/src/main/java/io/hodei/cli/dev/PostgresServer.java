package io.hodei.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * PostgreSQL with durable settings: what was committed is on the disk. Passwords are needed from
 * the first start on, and only the loopback interface is listened on.
 */
public final class PostgresServer implements Part {
  private static final String DATABASE = "hodei";
  static final String SUPERUSER = "postgres";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path data;
  private final Path log;
  private final Secrets secrets;
  private final Map<String, String> settings;
  private final int port;
  private final Path cache;

  PostgresServer(Path directory, Secrets secrets, Map<String, String> extraSettings, Path cache) {
    this.data = directory.resolve("postgres");
    this.log = directory.resolve("postgres.log");
    this.secrets = secrets;
    this.cache = cache;
    this.port = FreePorts.any();
    this.settings = new LinkedHashMap<>(durable(port));
    settings.putAll(extraSettings);
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  /** For {@code java.sql}: the database of the product. */
  public String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  public int port() {
    return port;
  }

  /**
   * The password of a role: {@code postgres}, {@code hodei_owner}, {@code hodei_app}, {@code
   * hodei_engine}.
   */
  public String password(String role) {
    return secrets.password(role);
  }

  @Override
  public void start() {
    Path home = PostgresBinaries.unpacked(cache);
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      initialize(home);
    }
    write(data.resolve("hodei.conf"), configuration());
    launch(home);
    roles(DATABASE).ensure();
  }

  /** Lends an empty database with the product's roles, by its URL, and deletes it afterwards. */
  void lend(String database, Consumer<String> use) {
    PostgresRoles roles = roles(database);
    roles.drop();
    roles.ensure();
    try {
      use.accept(jdbcUrl(database));
    } finally {
      roles.drop();
    }
  }

  private PostgresRoles roles(String database) {
    return new PostgresRoles(jdbcUrl("postgres"), database, jdbcUrl(database), secrets);
  }

  @Override
  public void stop() {
    if (!alive()) {
      return;
    }
    Path home = PostgresBinaries.unpacked(cache);
    Programs.Outcome outcome = control(home, "stop", "-m", "fast");
    if (!outcome.ok()) {
      kill();
    }
  }

  @Override
  public void kill() {
    running().ifPresent(PostgresServer::killAll);
  }

  /**
   * Like a power cut for the server's processes ({@code pg_ctl -m immediate}); the next start
   * recovers from the WAL.
   */
  public void crash() {
    if (alive()) {
      control(PostgresBinaries.unpacked(cache), "stop", "-m", "immediate");
    }
  }

  @Override
  public void suspend() {
    signalAll("STOP");
  }

  @Override
  public void resume() {
    signalAll("CONT");
  }

  @Override
  public boolean alive() {
    return running().isPresent();
  }

  @Override
  public long pid() {
    return running().map(ProcessHandle::pid).orElse(-1L);
  }

  @Override
  public Path log() {
    return log;
  }

  private Optional<ProcessHandle> running() {
    return postmaster(data);
  }

  /** The server that holds this data directory, if one does: its own lock file names it. */
  static Optional<ProcessHandle> postmaster(Path data) {
    Path lock = data.resolve("postmaster.pid");
    if (!Files.exists(lock)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(lock);
      if (lines.isEmpty() || lines.getFirst().isBlank()) {
        return Optional.empty();
      }
      return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
          .filter(ProcessHandle::isAlive)
          .filter(PostgresServer::isPostgres);
    } catch (IOException | NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  static void killAll(ProcessHandle postmaster) {
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.addFirst(postmaster);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(Waiting::untilEnded);
  }

  /** A process id may have been given to another program since; that one must not be ended. */
  private static boolean isPostgres(ProcessHandle handle) {
    return handle.info().command().map(command -> command.contains("postgres")).orElse(true);
  }

  private void signalAll(String signal) {
    running()
        .ifPresent(
            postmaster -> {
              Programs.signal(signal, postmaster.pid());
              postmaster.descendants().forEach(child -> Programs.signal(signal, child.pid()));
            });
  }

  private void initialize(Path home) {
    Path passwordFile = data.resolveSibling("initdb.password");
    Secrets.writePrivate(passwordFile, secrets.password(SUPERUSER) + "\n");
    Trees.delete(data);
    Programs.Outcome outcome =
        Programs.run(
            PATIENCE,
            unprivileged(
                List.of(
                    home.resolve("bin/initdb").toString(),
                    "--pgdata=" + data,
                    "--username=" + SUPERUSER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-instructions")));
    Trees.delete(passwordFile);
    if (!outcome.ok()) {
      Trees.delete(data);
      throw new DevException(
          "PostgreSQL could not make its data directory. " + hint(outcome.output()));
    }
    append(data.resolve("postgresql.conf"), "\ninclude 'hodei.conf'\n");
  }

  private void launch(Path home) {
    long before = LogReason.position(log);
    Programs.Outcome outcome = control(home, "start", "-t", "60", "-l", log.toString());
    if (!outcome.ok()) {
      String reason = LogReason.find(log, before).orElse(outcome.output());
      throw new DevException("PostgreSQL did not start. %s Log: %s".formatted(hint(reason), log));
    }
  }

  private Programs.Outcome control(Path home, String action, String... more) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/pg_ctl").toString());
    command.addAll(List.of(action, "-w", "-D", data.toString()));
    command.addAll(List.of(more));
    return Programs.run(PATIENCE, unprivileged(command));
  }

  /**
   * PostgreSQL refuses to run as root; a user name space of its own hides that the owner of the
   * files is root.
   */
  private static List<String> unprivileged(List<String> command) {
    if (!"root".equals(System.getProperty("user.name"))) {
      return command;
    }
    List<String> all = new ArrayList<>(List.of("unshare", "--user"));
    all.addAll(command);
    return all;
  }

  private static String hint(String reason) {
    boolean root = "root".equals(System.getProperty("user.name"));
    String advice =
        root && reason.contains("unshare")
            ? " PostgreSQL does not run as root and this system allows no user name space: use an ordinary user."
            : "";
    return "Reason: " + reason.strip() + "." + advice;
  }

  private static Map<String, String> durable(int port) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("listen_addresses", "127.0.0.1");
    all.put("port", String.valueOf(port));
    all.put("unix_socket_directories", "");
    all.put("fsync", "on");
    all.put("synchronous_commit", "on");
    all.put("full_page_writes", "on");
    all.put("shared_buffers", "256MB");
    all.put("max_wal_size", "4GB");
    all.put("max_connections", "100");
    all.put("password_encryption", "scram-sha-256");
    all.put("timezone", "UTC");
    all.put("log_timezone", "UTC");
    return all;
  }

  private String configuration() {
    return settings.entrySet().stream()
        .map(entry -> "%s = '%s'%n".formatted(entry.getKey(), entry.getValue().replace("'", "''")))
        .collect(Collectors.joining());
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text, java.nio.file.StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
