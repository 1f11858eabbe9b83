package io.hodei.bench.load;

import java.nio.charset.StandardCharsets;

/**
 * Requests about jobs, and their bodies. A job of a round carries the round's name, by which it is
 * counted later.
 */
public final class Jobs {
  private Jobs() {}

  /** Takes no time on the agent, but goes the whole way. */
  public static String noop(String name, String pool) {
    return "{\"name\":\"%s\",\"pool\":\"%s\",\"spec\":{\"executor\":\"noop\"}}"
        .formatted(name, pool);
  }

  /** A call that the servers make; {@code more} are further members of it. */
  public static String call(String name, String pool, String url, String more) {
    return "{\"name\":\"%s\",\"pool\":\"%s\",\"spec\":{\"http\":{\"method\":\"POST\",\"url\":\"%s\"%s}}}"
        .formatted(name, pool, url, more);
  }

  /** A command, its arguments without quotes and backslashes. */
  public static String process(String name, String... command) {
    return "{\"name\":\"%s\",\"spec\":{\"command\":[\"%s\"]}}"
        .formatted(name, String.join("\",\"", command));
  }

  /** Submits one job. */
  public static Request post(String job) {
    return Request.post("/api/v1/jobs", job);
  }

  /** Reads one job. */
  public static Request get(String id) {
    return Request.get("/api/v1/jobs/" + id);
  }

  public static byte[] array(String job, int count) {
    return list("[", job, ",", count, "]");
  }

  public static byte[] lines(String job, int count) {
    return list("", job, "\n", count, "\n");
  }

  private static byte[] list(String first, String job, String between, int count, String last) {
    String all = first + (job + between).repeat(count - 1) + job + last;
    return all.getBytes(StandardCharsets.UTF_8);
  }
}
