package io.hodei.cli.dev;

import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import io.hodei.cli.output.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** What clients ask most often, again and again, so that the JVM learns what to compile first. */
final class TrainingLoad {
  private static final int CLIENTS = 8;
  private static final int BATCH = 50;
  private static final String JOB = "{\"name\":\"training\",\"spec\":{\"executor\":\"noop\"}}";
  private static final String JOBS = "[" + (JOB + ",").repeat(BATCH - 1) + JOB + "]";

  private final Api api;

  private TrainingLoad(Api api) {
    this.api = api;
  }

  /** Returns when the time is over or the condition holds. */
  static void drive(URI node, Path token, Duration time, BooleanSupplier enough) {
    long end = System.nanoTime() + time.toNanos();
    TrainingLoad load = new TrainingLoad(new Api(List.of(node), read(token)));
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        clients.execute(
            () -> {
              for (int n = 0; System.nanoTime() < end && !enough.getAsBoolean(); n++) {
                load.ask(n);
              }
            });
      }
    }
  }

  private void ask(int number) {
    try {
      String id = post("/api/v1/jobs", JOB).string("id");
      api.get("/api/v1/jobs/" + id);
      switch (number % 20) {
        case 0 -> api.get("/api/v1/jobs?name=training&limit=50");
        case 5 -> post("/api/v1/jobs:batch", JOBS);
        case 10 -> post("/api/v1/jobs/" + id + ":cancel", "{}");
        default -> {}
      }
    } catch (Failure refused) {
      // A node that is being learned from owes nothing.
      Waiting.pause();
    }
  }

  private Json post(String path, String body) {
    return api.call("POST", path, body, Map.of("Content-Type", "application/json")).json();
  }

  private static String read(Path token) {
    try {
      return Files.readString(token).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
