package io.hodei.bench.suite;

import io.hodei.bench.BenchException;
import io.hodei.bench.cluster.Installation;
import io.hodei.bench.load.HttpConnection;
import io.hodei.bench.load.Jobs;
import io.hodei.bench.report.Values;
import io.hodei.cli.output.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** The output of a process on its way to durable storage. */
final class LogPath implements Suite {
  private static final int LINES = 1_000_000;
  private static final String LINE = "x".repeat(99);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public String name() {
    return "logs";
  }

  @Override
  public String what() {
    return "100 MB of lines from a process to durable storage";
  }

  @Override
  public void run(Run run) {
    String digest = digest();
    run.rounds(
        "logs.process",
        "One process prints %,d lines of 100 bytes; from the POST until the server says that the log is complete, stored and has the right SHA-256."
            .formatted(LINES),
        name -> measure(run, name, digest));
  }

  private static Values measure(Run run, String name, String digest) {
    String job = Jobs.process(name, "/bin/sh", "-c", "yes %s | head -n %d".formatted(LINE, LINES));
    try (HttpConnection connection = run.installation().connect()) {
      long began = System.nanoTime();
      String id = Json.parse(connection.post("/api/v1/jobs", job).expect(201).text()).string("id");
      awaitLog(connection, id);
      double seconds = (System.nanoTime() - began) / 1e9;
      run.requireAllSucceeded(name, 1);
      check(attempt(connection, id).at("logs.stdout"), digest);
      return new Values()
          .put("linesPerSecond", LINES / seconds, "lines/s")
          .put("megabytesPerSecond", LINES * 100 / 1e6 / seconds, "MB/s")
          .put("seconds", seconds, "s");
    }
  }

  private static void awaitLog(HttpConnection connection, String id) {
    boolean complete =
        Installation.await(
            PATIENCE,
            () -> attempt(connection, id).string("logs.state").matches("COMPLETE|TRUNCATED"));
    if (!complete) {
      throw new BenchException(
          "The log is not complete after %d s: %s"
              .formatted(PATIENCE.toSeconds(), attempt(connection, id).text()));
    }
  }

  private static Json attempt(HttpConnection connection, String id) {
    String said = connection.get("/api/v1/jobs/" + id + "/attempts").expect(200).text();
    return Json.parse(said).at("items.0");
  }

  private static void check(Json stream, String digest) {
    boolean whole =
        stream.number("length", -1) == LINES * 100L
            && stream.number("dropped", 0) == 0
            && stream.string("sha256").equalsIgnoreCase(digest);
    if (!whole) {
      throw new BenchException("Output was lost or changed on its way: " + stream.text());
    }
  }

  private static String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] line = (LINE + "\n").getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < LINES; i++) {
        digest.update(line);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
