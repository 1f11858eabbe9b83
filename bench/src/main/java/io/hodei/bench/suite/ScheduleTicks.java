package io.hodei.bench.suite;

import io.hodei.bench.BenchException;
import io.hodei.bench.cluster.Cpu;
import io.hodei.bench.cluster.Database;
import io.hodei.bench.load.Answer;
import io.hodei.bench.load.OpenLoop;
import io.hodei.bench.load.Request;
import io.hodei.bench.report.Values;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** How late ticks are fired when many schedules are active, and what they cost meanwhile. */
final class ScheduleTicks implements Suite {
  private static final int CLIENTS = 8;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int LEAST_STATUS_OF_FAILURE = 300;

  @Override
  public String name() {
    return "schedules";
  }

  @Override
  public String what() {
    return "lateness of ticks with 10,000 active schedules, and their cost while none is due";
  }

  @Override
  public void run(Run run) {
    int schedules = run.plan().most(10_000, 60);
    List<Integer> numbers = IntStream.range(0, schedules).boxed().toList();
    put(run, numbers, number -> "0 3 1 1 *");
    waiting(run, schedules);
    put(run, numbers, number -> number % 60 + " * * * * *");
    firing(run, schedules);
    run.clients(CLIENTS)
        .each(numbers, number -> request("DELETE", number, ""), ScheduleTicks::requireDone);
  }

  private interface Cron {
    String of(int number);
  }

  private static Request request(String method, int number, String json) {
    return Request.of(
        method,
        "/api/v1/schedules/bench-" + number,
        "application/json",
        json.getBytes(StandardCharsets.UTF_8));
  }

  private static void put(Run run, List<Integer> numbers, Cron cron) {
    run.say("schedules: writing %d".formatted(numbers.size()));
    run.clients(CLIENTS)
        .each(
            numbers,
            number ->
                request(
                    "PUT",
                    number,
                    "{\"cron\":\"%s\",\"overlap\":\"ALLOW_ALL\",\"target\":{\"job\":{\"name\":\"bench-schedules\",\"spec\":{\"executor\":\"noop\"}}}}"
                        .formatted(cron.of(number))),
            ScheduleTicks::requireDone);
  }

  private static int requireDone(Answer answer, int number) {
    if (answer.status() >= LEAST_STATUS_OF_FAILURE) {
      throw new BenchException(
          "Schedule %d was answered with %d: %s".formatted(number, answer.status(), answer.text()));
    }
    return answer.status();
  }

  private static void waiting(Run run, int schedules) {
    Duration time = Duration.ofSeconds(run.plan().most(60, 3));
    run.rounds(
        "schedules.waiting",
        "%s with %d schedules, none of them due for %d s."
            .formatted(run.topology().text(), schedules, time.toSeconds()),
        name -> {
          Cpu before = run.installation().cpu();
          long began = System.nanoTime();
          OpenLoop.sleepUntil(began + time.toNanos());
          double nanos = System.nanoTime() - began;
          Cpu spent = run.installation().cpu().since(before);
          return new Values()
              .put("nodesPercent", spent.node() * 100 / nanos, "% of one core")
              .put("postgresPercent", spent.postgres() * 100 / nanos, "% of one core");
        });
  }

  private static void firing(Run run, int schedules) {
    run.rounds(
        "schedules.firing",
        "%s with %d schedules, each due once a minute at a second of its own; a round is a whole minute, of which no tick may be missing. Late: from the moment meant until the row of the tick was written with its job, on the database's clock."
            .formatted(run.topology().text(), schedules),
        name -> minute(run, schedules));
  }

  private static Values minute(Run run, int schedules) {
    Database database = run.installation().database();
    long from =
        database.count("select cast(ceil(extract(epoch from clock_timestamp())) as bigint)");
    OpenLoop.sleepUntil(System.nanoTime() + MINUTE.plusSeconds(6).toNanos());
    String ticks =
        "from schedule_firings where kind = 'TICK' and tick >= to_timestamp(%d) and tick < to_timestamp(%d)"
            .formatted(from, from + 60);
    long fired = database.count("select count(*) " + ticks);
    if (fired != schedules) {
      throw new BenchException(
          "%d ticks were due in a minute, but %d were fired.".formatted(schedules, fired));
    }
    return new Values()
        .put("lateP50", late(database, 0.5, ticks), "ms")
        .put("lateP95", late(database, 0.95, ticks), "ms")
        .put("lateP99", late(database, 0.99, ticks), "ms")
        .put("lateMost", late(database, 1, ticks), "ms");
  }

  private static double late(Database database, double share, String ticks) {
    return database.count(
            "select cast(percentile_cont(%s) within group (order by extract(epoch from fired_at - tick)) * 1000000 as bigint) %s"
                .formatted(share, ticks))
        / 1000.0;
  }
}
