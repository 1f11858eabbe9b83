package io.hodei.bench.yardstick;

import com.zaxxer.hikari.HikariDataSource;
import io.hodei.bench.BenchException;
import io.hodei.bench.cluster.Installation;
import io.hodei.bench.load.Latencies;
import io.hodei.bench.load.OpenLoop;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.postgresql.PGConnection;

/** The least that a job's way to its start costs when PostgreSQL keeps it. */
public final class NotifyLoop {
  private static final String DATABASE = "bench_notify";
  private static final String TABLE =
      """
      create table waiting (id int primary key, state smallint not null default 0);
      create index waiting_ready on waiting (id) where state = 0
      """;
  private static final String SUBMIT =
      "with made as (insert into waiting (id) values (?)) select pg_notify('ready', '')";
  private static final String CLAIM =
      """
      update waiting
         set state = 1
       where id in (select id from waiting where state = 0 order by id limit 100 for update skip locked)
      returning id
      """;
  private static final int PATIENCE_SECONDS = 60;

  private final HikariDataSource database;
  private final int perSecond;
  private final long[] intended;
  private final long[] latencies;
  private final CountDownLatch open;
  private final CountDownLatch listening = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private NotifyLoop(HikariDataSource database, int perSecond, int count) {
    this.database = database;
    this.perSecond = perSecond;
    this.intended = new long[count];
    this.latencies = new long[count];
    this.open = new CountDownLatch(count);
  }

  /**
   * Submits that many rows at that rate; from the intended moment until the claim has committed.
   */
  public static Latencies measure(Installation installation, int perSecond, int count) {
    installation.database().execute("create database " + DATABASE);
    try (HikariDataSource pool = Yardsticks.pool(installation.database().access(DATABASE))) {
      Sql.run(pool, TABLE);
      return new NotifyLoop(pool, perSecond, count).run();
    } finally {
      installation.database().execute("drop database %s with (force)".formatted(DATABASE));
    }
  }

  private Latencies run() {
    Thread listener = Thread.ofPlatform().daemon().start(() -> noting(this::listen));
    noting(this::submit);
    try {
      boolean done = open.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      listener.interrupt();
      listener.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      if (!done) {
        throw new BenchException("The bare loop did not end: " + failure.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Latencies.of(latencies);
  }

  private interface Work {
    void run() throws SQLException, InterruptedException;
  }

  private void noting(Work work) {
    try {
      work.run();
    } catch (SQLException | InterruptedException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void submit() throws SQLException, InterruptedException {
    try (Connection connection = database.getConnection();
        PreparedStatement submit = connection.prepareStatement(SUBMIT)) {
      if (!listening.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new SQLException("Nobody listens.");
      }
      long began = System.nanoTime();
      for (int i = 0; i < intended.length; i++) {
        intended[i] = began + i * 1_000_000_000L / perSecond;
        OpenLoop.sleepUntil(intended[i]);
        submit.setInt(1, i);
        submit.execute();
      }
    }
  }

  private void listen() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement listen = connection.createStatement();
        PreparedStatement claim = connection.prepareStatement(CLAIM)) {
      listen.execute("listen ready");
      listening.countDown();
      PGConnection session = connection.unwrap(PGConnection.class);
      while (open.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
        session.getNotifications(100);
        while (claim(claim) > 0) {
          // As long as there are some.
        }
      }
    }
  }

  private int claim(PreparedStatement claim) throws SQLException {
    int claimed = 0;
    try (ResultSet rows = claim.executeQuery()) {
      long now = System.nanoTime();
      while (rows.next()) {
        int id = rows.getInt(1);
        latencies[id] = now - intended[id];
        open.countDown();
        claimed++;
      }
    }
    return claimed;
  }
}
