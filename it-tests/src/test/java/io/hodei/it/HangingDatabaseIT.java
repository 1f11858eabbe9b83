package io.hodei.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hodei.cli.dev.DevCluster;
import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.SharedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A database that takes everything and answers nothing: its processes are suspended. */
class HangingDatabaseIT {
  private static final Duration HANG = Duration.ofSeconds(8);

  /** The promise is 3 s; a busy machine gets some more. */
  private static final Duration LONGEST = Duration.ofMillis(4_500);

  private record Timed(Answer answer, long began, long ended) {
    /** How long it took, as far as the database hung. */
    Duration since(long hang) {
      return Duration.ofNanos(ended - Math.max(began, hang));
    }
  }

  @Test
  void requests_end_as_503_and_the_node_recovers_by_itself() throws Exception {
    try (DevCluster cluster = SharedCluster.loneNode("hang");
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      cluster.start();
      Api api = new Api(cluster.node(1).url(), cluster.token());
      String job = Jobs.command("x", "true").toString();
      api.post("/jobs", job).expect(201);

      long until = System.nanoTime() + HANG.toNanos() + 1_000_000_000L;
      List<Future<List<Timed>>> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        boolean reads = i % 2 == 0;
        clients.add(
            threads.submit(
                requests(until, () -> reads ? api.get("/jobs") : api.post("/jobs", job))));
      }
      // In the middle of their requests.
      await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
      long began = System.nanoTime();
      cluster.postgres().suspend();
      try {
        await("readiness goes down")
            .atMost(LONGEST)
            .until(() -> api.as("").get("//health/ready").status() == 503);
        while (System.nanoTime() - began < HANG.toNanos()) {
          Timed live = timed(() -> api.as("").get("//health/live"));
          assertThat(live.answer().status()).isEqualTo(200);
          assertThat(live.since(began)).isLessThan(Duration.ofSeconds(1));
        }
      } finally {
        cluster.postgres().resume();
      }

      List<Timed> refused = new ArrayList<>();
      for (Future<List<Timed>> client : clients) {
        client.get().stream().filter(t -> t.answer().status() >= 300).forEach(refused::add);
      }
      Duration longest =
          refused.stream().map(timed -> timed.since(began)).max(Duration::compareTo).orElseThrow();
      System.out.printf(
          "%d requests were refused while the database hung, the slowest after %d ms%n",
          refused.size(), longest.toMillis());
      assertThat(refused)
          .allSatisfy(
              timed -> {
                assertThat(timed.answer().status()).as(timed.answer().toString()).isEqualTo(503);
                assertThat(timed.answer().isProblem()).as(timed.answer().toString()).isTrue();
                assertThat(timed.answer().header("Retry-After")).isPresent();
              });
      assertThat(longest).isLessThan(LONGEST);
      await("the node recovers")
          .atMost(Duration.ofSeconds(15))
          .until(() -> api.as("").get("//health/ready").status() == 200);
      await("requests are served")
          .atMost(Duration.ofSeconds(5))
          .until(() -> api.post("/jobs", job).status() == 201);
    }
  }

  private static Callable<List<Timed>> requests(long untilNanos, Callable<Answer> request) {
    return () -> {
      List<Timed> answers = new ArrayList<>();
      while (System.nanoTime() - untilNanos < 0) {
        answers.add(timed(request));
      }
      return answers;
    };
  }

  private static Timed timed(Callable<Answer> request) throws Exception {
    long began = System.nanoTime();
    Answer answer = request.call();
    return new Timed(answer, began, System.nanoTime());
  }
}
