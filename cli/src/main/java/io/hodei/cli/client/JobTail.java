package io.hodei.cli.client;

import io.hodei.cli.ExitCode;
import io.hodei.cli.output.Json;
import java.io.EOFException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Follows the output of a job until it ended and everything arrived. A lost connection is taken up
 * again on the next node behind the last event, without a gap and without a repetition.
 */
public final class JobTail {
  /** Three missed heartbeats. */
  private static final int SILENCE_MILLIS = 31_000;

  /** A connection that held this long was one to a node that works. */
  private static final long WORKING_NANOS = 5_000_000_000L;

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final Api api;
  private final String job;
  private final OptionalLong attempt;
  private final Duration patience;
  private final Consumer<Json> states;
  private final LogAssembly assembly;
  private String lastId = "";
  private long pause = FIRST_PAUSE_MILLIS;
  private long lastLife = System.nanoTime();

  /**
   * @param attempt one attempt, or empty for all from the current one on
   * @param states told each state of the job
   * @param patience how long no node may answer before it gives up
   */
  public JobTail(
      Api api,
      String job,
      OptionalLong attempt,
      LogSink sink,
      Consumer<Json> states,
      Duration patience) {
    this.api = api;
    this.job = job;
    this.attempt = attempt;
    this.patience = patience;
    this.states = states;
    this.assembly = new LogAssembly(sink);
  }

  /** Returns the job after its end. */
  public Json follow() {
    while (true) {
      long began = System.nanoTime();
      try {
        untilEnd();
        return api.get("/api/v1/jobs/" + Api.encode(job));
      } catch (IOException lost) {
        if (System.nanoTime() - began > WORKING_NANOS) {
          alive();
        }
        giveUpWhenTooLong(lost);
      }
      api.nextNode();
      rest();
    }
  }

  /** Returns when the end of the job was seen. */
  private void untilEnd() throws IOException {
    HttpURLConnection connection = api.open(path(), headers(), SILENCE_MILLIS);
    refuse(connection);
    try (ServerSentEvents events = new ServerSentEvents(connection.getInputStream(), lastId)) {
      while (true) {
        ServerSentEvents.Event event =
            events.next().orElseThrow(() -> new EOFException("the stream ended before the job"));
        alive();
        if (take(event)) {
          return;
        }
      }
    } finally {
      connection.disconnect();
    }
  }

  private boolean take(ServerSentEvents.Event event) {
    Json data = Json.parse(event.data());
    switch (event.type()) {
      case "log" -> assembly.accept(data);
      case "state" -> states.accept(data);
      case "end" -> {
        return true;
      }
      default -> {
        // A newer server may know more types.
      }
    }
    lastId = event.id();
    return false;
  }

  /**
   * A refusal of the request ends it; a node that is going down (5xx) or busy (429) is left for
   * another one.
   */
  private static void refuse(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    if (status == 200) {
      return;
    }
    String body = new String(Api.readAll(connection), java.nio.charset.StandardCharsets.UTF_8);
    if (status >= 500 || status == 429) {
      throw new IOException("status " + status);
    }
    throw Problem.of(status, body).failure();
  }

  private String path() {
    String path = "/api/v1/jobs/" + Api.encode(job) + "/logs/tail";
    return attempt.isPresent()
        ? Api.with(path, "attempt", String.valueOf(attempt.getAsLong()))
        : path;
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "text/event-stream, application/problem+json");
    if (!lastId.isEmpty()) {
      headers.put("Last-Event-ID", lastId);
    }
    return headers;
  }

  private void alive() {
    lastLife = System.nanoTime();
    pause = FIRST_PAUSE_MILLIS;
  }

  private void giveUpWhenTooLong(IOException lost) {
    if (System.nanoTime() - lastLife > patience.toNanos()) {
      throw new Failure(
          ExitCode.SERVER,
          "The output of job %s stopped: no node answered for %d s\n  why: %s\n  do: the job goes on; hodei logs -f %s"
              .formatted(job, patience.toSeconds(), lost.getMessage(), job),
          lost);
    }
  }

  private void rest() {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.SERVER, "Interrupted while following job " + job, e);
    }
    pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
  }
}
