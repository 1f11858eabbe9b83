package io.hodei.bench.suite;

import io.hodei.bench.cluster.Filling;
import io.hodei.bench.load.ConnectionLost;
import io.hodei.bench.load.HttpConnection;
import io.hodei.bench.load.Jobs;
import io.hodei.bench.load.Load;
import io.hodei.bench.load.OpenLoop;
import io.hodei.bench.load.Request;
import io.hodei.bench.report.Values;
import io.hodei.cli.output.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Single requests at fixed rates and at the most the node holds, and pages of lists. */
final class ApiLoad implements Suite {
  private static final int[] RATES = {200, 1_000};
  private static final int KNOWN = 10_000;
  private static final int PAGE = 50;
  private static final int DEEP_PAGE = 10_000;
  private static final double HELD_P99_MILLIS = 250;
  private static final double STEP = 1.5;
  private static final int BUSY = 503;

  @Override
  public String name() {
    return "api";
  }

  @Override
  public String what() {
    return "POST and GET in an open loop at 200/s, 1,000/s and at the most the node holds; first and deep list pages";
  }

  /** A kind of requests, which may carry the name of a round. */
  private interface Requests {
    Supplier<Request> of(String name);
  }

  @Override
  public void run(Run run) {
    List<String> ids = known(run);
    Requests post =
        name -> {
          Request one = Jobs.post(Jobs.noop(name, Run.PARKED));
          return () -> one;
        };
    Requests get = name -> () -> Jobs.get(ids.get(ThreadLocalRandom.current().nextInt(ids.size())));
    run.warmUp("posts", post.of("bench-warm-up"));
    run.warmUp("gets", get.of("bench-warm-up"));
    for (int rate : RATES) {
      open(run, "post", rate, 201, post);
      open(run, "get", rate, 200, get);
    }
    most(run, "post", 201, post);
    most(run, "get", 200, get);
    lists(run);
  }

  private static List<String> known(Run run) {
    int count = run.plan().most(KNOWN, 500);
    try (HttpConnection connection = run.installation().connect()) {
      byte[] body = Jobs.lines(Jobs.noop("bench-api-known", Run.PARKED), count);
      return Batches.ids(Batches.submit(connection, Batches.NDJSON, body, count));
    }
  }

  private static void open(Run run, String kind, int rate, int status, Requests requests) {
    run.rounds(
        "api.openLoop.%s%d".formatted(kind, rate),
        "Single %s at %,d/s in an open loop, %d s a round; from the intended moment until the answer was read. Refusals with 503 are counted, others end the suite."
            .formatted(kind.toUpperCase(Locale.ROOT), rate, run.plan().time().toSeconds()),
        name -> {
          int count = (int) (rate * run.plan().time().toSeconds());
          Load<Integer> load = send(run, rate, count, status, requests.of(name));
          return new Values()
              .putPercentiles("latency", load.latencies())
              .put("requestsPerSecond", load.perSecond(), "req/s")
              .put("refused", count - load.answers().size(), "requests");
        });
  }

  private static Load<Integer> send(
      Run run, int rate, int count, int status, Supplier<Request> request) {
    return new OpenLoop(rate, run.installation()::endpoint)
        .send(
            count,
            request,
            (answer, intended) -> answer.status() == BUSY ? null : answer.expect(status).status());
  }

  private static void most(Run run, String kind, int status, Requests requests) {
    Duration step = run.plan().quick() ? Duration.ofSeconds(1) : Duration.ofSeconds(4);
    run.rounds(
        "api.most.%s".formatted(kind),
        "Single %s in an open loop at rates that rise by half, %d s each, until one is not held: a refusal, a connection that ends without an answer, or p99 over %.0f ms. The rate before it. The generator shares the cores."
            .formatted(kind.toUpperCase(Locale.ROOT), step.toSeconds(), HELD_P99_MILLIS),
        name -> {
          double held = 0;
          double p99 = Double.NaN;
          int most = run.plan().most(100_000, 700);
          for (int rate = 500; rate < most; rate = (int) (rate * STEP)) {
            double worst = worst(run, rate, step, status, requests.of(name));
            if (worst > HELD_P99_MILLIS) {
              break;
            }
            held = rate;
            p99 = worst;
          }
          return new Values().put("heldPerSecond", held, "req/s").put("atItP99Millis", p99, "ms");
        });
  }

  /** The p99 at that rate, in milliseconds; infinite when a request was refused. */
  private static double worst(
      Run run, int rate, Duration step, int status, Supplier<Request> request) {
    int count = (int) (rate * step.toSeconds());
    try {
      Load<Integer> load = send(run, rate, count, status, request);
      return load.answers().size() < count
          ? Double.POSITIVE_INFINITY
          : load.latencies().millis(0.99);
    } catch (ConnectionLost overloaded) {
      return Double.POSITIVE_INFINITY;
    }
  }

  private static void lists(Run run) {
    int deep = run.plan().most(DEEP_PAGE, 20);
    new Filling(run.installation(), run::say)
        .addQueued("bench-api-list", Run.PARKED, (deep + 1) * PAGE);
    String filter = "/api/v1/jobs?name=bench-api-list&limit=";
    String cursor = cursorAfter(run, filter, (deep - 1) * PAGE);
    page(run, "first", filter + PAGE, "The first page of %d".formatted(PAGE));
    page(
        run,
        "deep",
        filter + PAGE + "&cursor=" + cursor,
        "The %,dth page of %d by its cursor".formatted(deep, PAGE));
  }

  private static String cursorAfter(Run run, String filter, int rows) {
    String cursor = "";
    try (HttpConnection connection = run.installation().connect()) {
      for (int left = rows; left > 0; left -= 500) {
        String from = cursor.isEmpty() ? "" : "&cursor=" + cursor;
        String said = connection.get(filter + Math.min(left, 500) + from).expect(200).text();
        cursor = Json.parse(said).string("nextCursor");
      }
    }
    return cursor;
  }

  private static void page(Run run, String which, String path, String what) {
    Request get = Request.get(path);
    run.rounds(
        "api.list." + which,
        what + " of jobs with one name, in a closed loop, 2 clients.",
        name -> {
          Load<Integer> load =
              run.clients(2)
                  .during(run.plan().time(), () -> get, answer -> answer.expect(200).status());
          return new Values()
              .put("requestsPerSecond", load.perSecond(), "req/s")
              .putPercentiles("latency", load.latencies());
        });
  }
}
