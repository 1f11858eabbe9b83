package io.hodei.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hodei.cli.dev.DevArtifacts;
import io.hodei.cli.dev.DevCluster;
import io.hodei.cli.dev.DevNode;
import io.hodei.cli.dev.DevSettings;
import io.hodei.cli.dev.Progress;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Database;
import io.hodei.it.testing.SharedCluster;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The node that fires schedules is killed again and again. Once in the usual run; five times, 15 s
 * apart, with {@code -Dhodei.chaos=long}.
 */
class ScheduleKillsIT {
  private static final int KILLS = "long".equals(System.getProperty("hodei.chaos")) ? 5 : 1;
  private static final Duration BETWEEN = Duration.ofSeconds(KILLS > 1 ? 15 : 4);

  @Test
  void no_tick_is_missed_and_none_comes_twice() {
    try (DevCluster cluster =
        DevCluster.open(
            DevSettings.in(SharedCluster.parent().resolve("kills"))
                .withPort(SharedCluster.freePorts(2))
                .withNodes(2)
                .withAgents(0)
                .withFresh(true),
            DevArtifacts.ofThisRepository(),
            Progress.silent())) {
      cluster.start();
      Api api = new Api(cluster.node(1).url(), cluster.token());
      api.post(
              "/schedules",
              "{\"name\":\"s\",\"cron\":\"* * * * * *\",\"overlap\":\"ALLOW_ALL\",\"target\":{\"job\":{\"spec\":{\"executor\":\"noop\"}}}}")
          .expect(201);
      try (Database database = Database.of(cluster)) {
        for (int kill = 0; kill < KILLS; kill++) {
          passes(BETWEEN);
          DevNode leader = leader(cluster, database);
          leader.kill();
          leader.launch();
          long killed = newest(database);
          await("another node goes on")
              .atMost(Duration.ofSeconds(30))
              .until(() -> newest(database) > killed + 5);
          leader.awaitReady(Duration.ofMinutes(3));
        }
        verify(api(cluster), database);
      }
    }
  }

  private static void passes(Duration time) {
    Instant later = Instant.now().plus(time);
    await().atMost(time.plusSeconds(5)).until(() -> Instant.now().isAfter(later));
  }

  private static Api api(DevCluster cluster) {
    return new Api(cluster.node(1).url(), cluster.token());
  }

  private static DevNode leader(DevCluster cluster, Database database) {
    String url =
        database.text(
            "select n.url from duties d join nodes n on n.number = d.holder where d.name = 'schedules' and d.until > clock_timestamp()");
    return cluster.nodes().stream()
        .filter(node -> url.endsWith(":" + node.url().getPort()))
        .findFirst()
        .orElseThrow();
  }

  private static long newest(Database database) {
    return database.number(
        "select coalesce(cast(extract(epoch from max(tick)) as bigint), 0) from schedule_firings");
  }

  private static void verify(Api api, Database database) {
    api.post("/schedules/s:pause", "{}").expect(200);
    List<String> fired = new ArrayList<>();
    String cursor = "";
    do {
      JsonObject page =
          api.get("/schedules/s/firings?limit=500" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
              .expect(200)
              .json();
      page.getJsonArray("items")
          .getValuesAs(JsonObject.class)
          .forEach(firing -> fired.add(firing.getString("tick")));
      cursor = page.getString("nextCursor", "");
    } while (!cursor.isEmpty());
    Collections.sort(fired);
    String behind = Instant.parse(fired.getLast()).plusMillis(1).toString();
    List<String> announced =
        api
            .get(
                "/schedules/s/preview?limit=1000&from=%s&to=%s".formatted(fired.getFirst(), behind))
            .expect(200)
            .items()
            .stream()
            .map(tick -> tick.getString("tick"))
            .toList();
    assertThat(fired).isEqualTo(announced);
    assertThat(database.number("select count(*) from jobs")).isEqualTo(fired.size());
    assertThat(
            database.number(
                "select count(distinct f.job_id) from schedule_firings f join jobs j on j.id = f.job_id"))
        .isEqualTo(fired.size());
    assertThat(database.number("select missed from schedules")).isZero();
  }
}
